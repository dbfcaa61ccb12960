using ConnectorDb.Columns;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Engine;

/// <summary>Reads the streams of a login, for merges and datasets.</summary>
internal sealed class LoginStreams(CdbEngine engine, Login login) : IStreamReader
{
    public IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation)
        => CompletedEnumerable.Of(engine.Read(login, query, cancellation));

    public IAsyncEnumerable<Block> ReadNextToAsync(DataQuery query, TimeSteps times, CancellationToken cancellation)
        => CompletedEnumerable.Of(engine.ReadNextTo(login, query, times, cancellation));

    public ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation)
        => new(engine.IndexOfTime(login, stream, t, cancellation));

    public ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation)
        => new(engine.Count(login, stream, cancellation));
}
