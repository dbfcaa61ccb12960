namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>Estimates the width of text in the usual fonts of systems, rather too wide, so that nothing overlaps.</summary>
internal static class TextWidth
{
    private const char FirstWide = '\u2e80';

    /// <summary>The width in parts of the size of the font.</summary>
    public static double Of(string text) => text.Sum(Of);

    private static double Of(char character) => character switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' => 0.32,
        ' ' or 'f' or 'r' or 't' or '(' or ')' or '/' or '-' => 0.4,
        'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.95,
        >= 'A' and <= 'Z' => 0.72,
        >= FirstWide => 1,
        _ => 0.6,
    };
}
