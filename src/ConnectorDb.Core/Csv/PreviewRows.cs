using ConnectorDb.Csv;

namespace ConnectorDb.Core.Csv;

/// <summary>Shows the values and problems of rows instead of storing them.</summary>
internal static class PreviewRows
{
    /// <summary>The waiting values of the streams and the rejected rows, in the order of the lines and columns.</summary>
    public static IEnumerable<CsvPreviewValue> Of(CsvChunk chunk, IEnumerable<CsvTarget> targets)
    {
        CsvBatch[] batches = [.. targets.Where(target => target.Waiting > 0).Select(target => target.Take())];
        IEnumerable<CsvPreviewValue> values = batches.SelectMany(batch => Enumerable.Range(0, batch.Points.Count).Select(i => ValueOf(chunk, batch, i)));
        IEnumerable<CsvPreviewValue> problems = chunk.Rejected.Select(row => new CsvPreviewValue(row.Line, null, null, null, row.Reason));

        // The sort is stable, so that the values of a row stay in the order of the columns, and its problems follow.
        return values.Concat(problems).OrderBy(value => value.Line);
    }

    private static CsvPreviewValue ValueOf(CsvChunk chunk, CsvBatch batch, int i)
        => new(chunk.LineOf(batch.Rows[i]), UnixTime.ToDateTimeOffset(batch.Points.Times.Span[i]), batch.Target.Stream.ToString(), batch.Points.Values[i].ToNatural(), null);
}
