using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// What was typed without quotes. PowerShell takes <c>7d</c> for a decimal number and <c>30s</c> for a short integer, because these letters
/// are suffixes of numbers; where a span of time is asked for, seven days and thirty seconds are meant.
/// </summary>
internal static class TypedText
{
    /// <summary>The text, when it is a span with a unit; else the value without what PowerShell wraps around it.</summary>
    public static object? SpanOrValue(object? input)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        return value is short or decimal && LanguagePrimitives.ConvertTo<string>(input) is { Length: > 0 } text && char.IsAsciiLetter(text[^1]) && Duration.TryParse(text, out _)
            ? text
            : value;
    }
}
