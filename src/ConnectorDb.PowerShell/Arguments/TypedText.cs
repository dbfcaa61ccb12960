using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Restores unquoted time spans. PowerShell parses <c>7d</c> as a decimal number and <c>30s</c> as a short integer, because these letters
/// are suffixes of numbers; parameters for times and time spans read them as seven days and thirty seconds.
/// </summary>
internal static class TypedText
{
    /// <summary>Returns the typed text if it is a time span with a unit, else the unwrapped value.</summary>
    public static object? SpanOrValue(object? input)
    {
        object? value = PowerShellObject.Unwrap(input);
        return value is short or decimal && LanguagePrimitives.ConvertTo<string>(input) is { Length: > 0 } text && char.IsAsciiLetter(text[^1]) && Duration.TryParse(text, out _)
            ? text
            : value;
    }
}
