namespace ConnectorDb.Core.Csv;

/// <summary>How all value columns of a file are written.</summary>
/// <param name="Missing">Texts that mean a missing value.</param>
/// <param name="QuotesMarkText">Only texts, arrays and objects are quoted.</param>
internal sealed record FieldStyle(NumberFormat Format, HashSet<string> Missing, bool QuotesMarkText)
{
    public NumberReader Numbers { get; } = new(Format);

    /// <summary>True when a field of a file shows no value.</summary>
    public bool IsMissing(string content) => content.Length == 0 || Missing.Contains(content);
}
