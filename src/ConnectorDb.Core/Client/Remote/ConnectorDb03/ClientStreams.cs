using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>Reads the streams of a client, for datasets that the client computes itself.</summary>
internal sealed class ClientStreams(ICdbClient client) : IStreamReader
{
    public IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation) => client.ReadAsync(query, cancellation);

    public ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation) => client.IndexOfTimeAsync(stream, t, cancellation);

    public ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation) => client.CountAsync(stream, cancellation);
}
