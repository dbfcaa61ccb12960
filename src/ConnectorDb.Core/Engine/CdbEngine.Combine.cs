using ConnectorDb.Columns;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="Contracts.ICdbClient.MergeAsync"/>
    public IAsyncEnumerable<Block> Merge(Login login, IReadOnlyList<DataQuery> queries, CancellationToken cancellation)
        => Queries.Merge.ReadAsync(queries, new LoginStreams(this, login), cancellation);

    /// <inheritdoc cref="Contracts.ICdbClient.DatasetAsync"/>
    public IAsyncEnumerable<Block> Dataset(Login login, DatasetQuery query, CancellationToken cancellation)
        => Queries.Dataset.ReadAsync(query, new LoginStreams(this, login), cancellation);
}
