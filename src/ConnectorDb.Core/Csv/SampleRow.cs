namespace ConnectorDb.Core.Csv;

/// <summary>A row of the begin of a file.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Fields">The fields with their quotes.</param>
internal sealed record SampleRow(int Line, IReadOnlyList<string> Fields)
{
    private const int Most = 2000;

    /// <summary>The rows that a delimiter makes of the sample. The last row is left out when the sample may have cut it.</summary>
    public static IReadOnlyList<SampleRow> Read(CsvSource source, char delimiter, int skippedLines)
    {
        using StringReader text = new(source.Sample);
        for (int i = 0; i < skippedLines; i++)
        {
            text.ReadLine();
        }

        List<SampleRow> rows = [];
        try
        {
            using CsvRowReader reader = new(text, delimiter, skippedLines);
            while (rows.Count < Most && reader.MoveNext())
            {
                rows.Add(new SampleRow((int)reader.Line, CsvField.AllOf(reader.Current)));
            }
        }
        catch (NotSupportedException)
        {
            // A quote without an end makes one row of all that follows.
        }

        bool isCut = !source.IsWhole && rows.Count is > 1 and < Most;
        return isCut ? rows[..^1] : rows;
    }

    /// <summary>The content of a field, without quotes.</summary>
    public string this[int column] => column < Fields.Count ? CsvField.Unquote(Fields[column]) : "";

    public bool IsEmpty => Fields.All(string.IsNullOrWhiteSpace);

    /// <summary>A quote of the last field has no end.</summary>
    public bool IsBroken => Fields[^1] is ['"', ..] and not ['"', .., '"'];

    public bool IsComment => Fields[0].TrimStart().StartsWith('#');
}
