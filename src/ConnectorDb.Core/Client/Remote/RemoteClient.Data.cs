using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Client.Remote;

public partial class RemoteClient
{
    /// <summary>Maximum number of streams in one request.</summary>
    private const int MaxEnds = 10_000;

    public virtual IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.Check(query);
        return new StreamDownload(_rest, this, Settings.Retries).ReadAsync(query, cancellation);
    }

    public virtual IAsyncEnumerable<Block> MergeAsync(IReadOnlyList<DataQuery> queries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        return QueryAsync("query/merge?streams=true", queries, ScriptsOf(queries), RestRequest.Json(writer => DataQueryJson.WriteAll(writer, queries)), cancellation);
    }

    public virtual IAsyncEnumerable<Block> DatasetAsync(DatasetQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        DataQuery[] sources = [.. query.X, .. query.Columns.SelectMany(column => column.Sources)];
        IEnumerable<string?> scripts = [query.PostTransform, .. query.Columns.Select(column => column.Interpolator), .. ScriptsOf(sources)];
        return QueryAsync("query/dataset", sources, scripts, RestRequest.Json(writer => DatasetQueryJson.Write(writer, query)), cancellation);
    }

    public async ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation)
        => (await _rest.SendAndReadAsync(RestRequest.Get(DataOf(stream, "q=length"), stream), cancellation).ConfigureAwait(false)).Number;

    public async ValueTask<Datapoint?> LastAsync(CdbPath stream, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await foreach (Block block in ReadAsync(new DataQuery(stream) { I1 = -1 }, cancellation).ConfigureAwait(false))
        {
            return block.At(0, stream);
        }

        return null;
    }

    public virtual async ValueTask<IReadOnlyList<StreamEnd?>> GetEndsAsync(IReadOnlyList<CdbPath> streams, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(streams);
        List<StreamEnd?> ends = new(streams.Count);
        foreach (CdbPath[] asked in streams.Chunk(MaxEnds))
        {
            RestRequest request = new(HttpMethod.Post, "query/ends", asked[0]) { Body = RestRequest.Json(writer => StreamEndJson.WritePaths(writer, asked)), IsRepeatable = true };
            RestResponse answer = await _rest.SendAndReadAsync(request, cancellation).ConfigureAwait(false);
            ends.AddRange(answer.Read(value => JsonFields.ArrayOf(value, "The answer").Select((item, i) => StreamEndJson.Read(item, asked[i])).ToArray()));
        }

        return ends;
    }

    public virtual async ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (double.IsNaN(t))
        {
            throw new InvalidRangeException($"The time for '{stream}' is not a number. Give unix seconds.", stream);
        }

        string time = Math.Clamp(t, -double.MaxValue, double.MaxValue).ToString("R", CultureInfo.InvariantCulture);
        return (await _rest.SendAndReadAsync(RestRequest.Get(DataOf(stream, $"q=time2index&t={Uri.EscapeDataString(time)}"), stream), cancellation).ConfigureAwait(false)).Number;
    }

    public virtual async ValueTask<StreamSummary> SummarizeAsync(DataQuery range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        QueryRange.CheckSummary(range);
        RestRequest request = RestRequest.Get(DataOf(range.Stream, "q=summary&" + DataQueryParameters.Write(range)), range.Stream);
        return await ObjectAsync(request, fields => SummaryJson.Read(fields, range.Stream), cancellation).ConfigureAwait(false);
    }

    public virtual async ValueTask<IReadOnlyList<IReadOnlyList<StreamSummary>?>> ChartAsync(IReadOnlyList<ChartQuery> queries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        foreach (ChartQuery query in queries)
        {
            ChartCheck.Check(query);
        }

        List<IReadOnlyList<StreamSummary>?> charts = new(queries.Count);
        foreach (ChartQuery[] asked in queries.Chunk(ChartQuery.MaxQueries))
        {
            RestRequest request = new(HttpMethod.Post, "query/chart", asked[0].Range.Stream)
            {
                Body = RestRequest.Json(writer => ChartQueryJson.WriteAll(writer, asked)),
                IsRepeatable = true,
                Script = string.Join(", ", ScriptsOf(asked.Select(query => query.Range)).Where(script => !string.IsNullOrEmpty(script)).Distinct()),
            };
            RestResponse answer = await _rest.SendAndReadAsync(request, cancellation).ConfigureAwait(false);
            charts.AddRange(answer.Read(value => JsonFields.ArrayOf(value, "The answer").Select((item, i) => ChartJson.Read(item, asked[i].Range.Stream)).ToArray()));
        }

        return charts;
    }

    private IAsyncEnumerable<Block> QueryAsync(string address, IReadOnlyList<DataQuery> sources, IEnumerable<string?> scripts, byte[] body, CancellationToken cancellation)
    {
        string script = string.Join(", ", scripts.Where(script => !string.IsNullOrEmpty(script)).Distinct());
        RestRequest request = new(HttpMethod.Post, address, sources.Count > 0 ? sources[0].Stream : null) { Body = body, IsRepeatable = true, Script = script };
        return new Download(_rest, Settings.Retries).ReadAsync(request, cancellation);
    }

    private static IEnumerable<string?> ScriptsOf(IEnumerable<DataQuery> queries) => queries.Select(query => query.Transform);

    private static string DataOf(CdbPath stream, string parameters)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return RestRequest.DataOf(stream, parameters);
    }
}
