using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Engine;

/// <summary>Reads the streams of a login, for a merge or dataset.</summary>
/// <param name="engine">The engine.</param>
/// <param name="login">The caller.</param>
/// <param name="budget">The budget of the merge or dataset.</param>
/// <param name="sources">The number of its streams.</param>
internal sealed class LoginStreams(CdbEngine engine, Login login, QueryBudget budget, int sources) : IStreamReader
{
    public IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation)
        => CompletedEnumerable.Of(engine.Read(login, query, budget, sources, cancellation));

    public IAsyncEnumerable<Block> ReadNextToAsync(DataQuery query, TimeSteps times, CancellationToken cancellation)
        => CompletedEnumerable.Of(engine.ReadNextTo(login, query, times, budget, sources, cancellation));

    public ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation)
        => new(engine.IndexOfTime(login, stream, t, cancellation));

    public ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation)
        => new(engine.Count(login, stream, cancellation));
}
