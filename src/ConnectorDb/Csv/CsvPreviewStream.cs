namespace ConnectorDb.Csv;

/// <summary>A stream of a <see cref="CsvPreview"/>.</summary>
/// <param name="Column">The column with its values.</param>
/// <param name="Stream">The path of the stream.</param>
/// <param name="Schema">The JSON Schema of the stream.</param>
/// <param name="IsNew">The import would create the stream.</param>
public sealed record CsvPreviewStream(string Column, string Stream, string Schema, bool IsNew)
{
    /// <summary>The stream does not exist, and the import, without -CreateStream, would fail.</summary>
    public bool IsMissing { get; init; }

    public override string ToString() => $"'{Column}' to {Stream}, {(IsNew ? "a new stream" : IsMissing ? "which does not exist (add -CreateStream, or name another one as -Stream)" : "which exists")}, schema {Schema}";
}
