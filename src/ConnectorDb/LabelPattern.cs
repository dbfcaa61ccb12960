using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace ConnectorDb;

/// <summary>A label to search for, in any case. In the value, <c>*</c> stands for any characters and <c>?</c> for one.</summary>
public sealed partial record LabelPattern(string Key, string Value)
{
    // In the library's expressions, a backslash escapes the next character. Each asterisk costs a pass over the value, and several beside each other match what one does.
    private readonly string _expression = Asterisks().Replace(Value.Replace(@"\", @"\\", StringComparison.Ordinal), "*");

    /// <summary>True when the value has no wildcards.</summary>
    public bool IsExact { get; } = !Value.AsSpan().ContainsAny('*', '?');

    public bool IsMatch(string value)
        => IsExact ? string.Equals(value, Value, StringComparison.OrdinalIgnoreCase) : FileSystemName.MatchesSimpleExpression(_expression, value);

    [GeneratedRegex(@"\*{2,}")]
    private static partial Regex Asterisks();
}
