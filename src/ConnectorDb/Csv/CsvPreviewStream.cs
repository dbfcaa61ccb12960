namespace ConnectorDb.Csv;

/// <summary>A stream of a <see cref="CsvPreview"/>.</summary>
/// <param name="Column">The column with its values.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Schema">The JSON Schema of the stream.</param>
/// <param name="IsNew">The import would create the stream.</param>
public sealed record CsvPreviewStream(string Column, CdbPath Stream, string Schema, bool IsNew)
{
    public override string ToString() => $"'{Column}' to {Stream}, {(IsNew ? "a new stream" : "which exists")}, schema {Schema}";
}
