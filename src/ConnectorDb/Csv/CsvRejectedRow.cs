namespace ConnectorDb.Csv;

/// <summary>A row of a CSV file of which a value was not stored.</summary>
/// <param name="Line">The number of its first line in the file, from 1.</param>
/// <param name="Reason">The columns and their problems.</param>
/// <param name="Row">The text of the row.</param>
public sealed record CsvRejectedRow(long Line, string Reason, string Row)
{
    public override string ToString() => $"line {Line}: {Reason}";
}
