using System.IO.Enumeration;

namespace ConnectorDb;

/// <summary>A label to search for, in any case. In the value, <c>*</c> stands for any characters and <c>?</c> for one.</summary>
public sealed record LabelPattern(string Key, string Value)
{
    // In the library's expressions, a backslash escapes the next character.
    private readonly string _expression = Value.Replace(@"\", @"\\", StringComparison.Ordinal);

    /// <summary>True when the value has no wildcards.</summary>
    public bool IsExact { get; } = !Value.AsSpan().ContainsAny('*', '?');

    public bool IsMatch(string value)
        => IsExact ? string.Equals(value, Value, StringComparison.OrdinalIgnoreCase) : FileSystemName.MatchesSimpleExpression(_expression, value);
}
