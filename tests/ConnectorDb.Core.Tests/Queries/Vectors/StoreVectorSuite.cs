using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>A part of the recorded answers, asked of a store: all but most of those over random streams.</summary>
public abstract class StoreVectorSuite : IAsyncDisposable
{
    private const int RandomOnes = 40;

    private readonly ITestOutputHelper _output;
    private readonly TempFolder _folder = new();
    private readonly ICdbClient _client;
    private readonly Dictionary<string, CdbPath> _stored = [];

    /// <param name="output">Receives the report.</param>
    /// <param name="database">The address of an empty database; null for a file.</param>
    protected StoreVectorSuite(ITestOutputHelper output, string? database)
    {
        _output = output;
        _client = EmbeddedClient.Open(new EmbeddedOptions { Path = database ?? _folder["store.cdb"], KeyFolder = _folder["keys"] });
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task Recorded_merges_are_reproduced_by_a_store()
    {
        VectorReport report = new(_output);
        foreach (Vector vector in Chosen("merges.jsonl").Where(vector => Exclusion.OfMerge(vector) is null))
        {
            Dictionary<CdbPath, CdbPath> paths = await StoreAsync(vector);
            Rows rows = await Rows.OfAsync(() => _client.MergeAsync(Moved(WireQuery.Merge(vector.Merge), paths), Some.NoToken));
            report.Add(vector, Expectation.Check(vector, rows, vector.Output));
        }

        report.Finish();
    }

    [SkippableFact]
    public async Task Recorded_datasets_are_reproduced_by_a_store()
    {
        VectorReport report = new(_output);
        foreach (Vector vector in Chosen("datasets.jsonl").Where(vector => Exclusion.OfDataset(vector) is null))
        {
            Dictionary<CdbPath, CdbPath> paths = await StoreAsync(vector);
            report.Add(vector, Expectation.CheckDataset(vector, await Rows.OfAsync(() => _client.DatasetAsync(Moved(WireQuery.Dataset(vector.Query), paths), Some.NoToken))));
        }

        report.Finish();
    }

    private static IEnumerable<Vector> Chosen(string file)
    {
        ILookup<bool, Vector> isRandom = Vector.In(file).ToLookup(vector => vector.Id.Contains(".rand.", StringComparison.Ordinal));
        return isRandom[false].Concat(isRandom[true].Take(RandomOnes));
    }

    /// <summary>Stores the streams that are not there yet; the answer says where each of them lies.</summary>
    private async Task<Dictionary<CdbPath, CdbPath>> StoreAsync(Vector vector)
    {
        Dictionary<CdbPath, CdbPath> paths = [];
        foreach ((string path, string json) in vector.Streams)
        {
            if (!_stored.TryGetValue(json, out CdbPath? stored))
            {
                _stored[json] = stored = _client.Identity.Child($"s{_stored.Count}");
                await _client.CreateStreamAsync(stored, new StreamDefinition(), Some.NoToken);
                BlockBuilder points = new();
                Vector.Points(json).ForEach(point => points.Add(point.T, point.Value));
                await _client.AppendAsync(stored, points.Build(), restamp: false, Some.NoToken);
            }

            paths[CdbPath.Parse(path)] = stored;
        }

        return paths;
    }

    private static DatasetQuery Moved(DatasetQuery query, Dictionary<CdbPath, CdbPath> paths) => query with
    {
        X = Moved(query.X, paths),
        Columns = query.Columns.Select(column => column with { Sources = Moved(column.Sources, paths) }).ToArray(),
    };

    private static DataQuery[] Moved(IEnumerable<DataQuery> queries, Dictionary<CdbPath, CdbPath> paths)
        => queries.Select(query => query with { Stream = paths.GetValueOrDefault(query.Stream, query.Stream) }).ToArray();
}
