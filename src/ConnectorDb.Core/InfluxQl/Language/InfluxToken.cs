namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>A token, and the place that InfluxDB gives for it in messages.</summary>
/// <param name="Text">A name or text without quotes and escapes, a keyword in capitals, or the characters of the token.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1.</param>
internal readonly record struct InfluxToken(InfluxTokenKind Kind, string Text, int Line, int Column)
{
    public bool Is(string keywordOrSymbol) => Kind is InfluxTokenKind.Keyword or InfluxTokenKind.Symbol && Text == keywordOrSymbol;
}
