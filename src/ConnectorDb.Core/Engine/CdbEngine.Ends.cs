using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>Bytes of the end of a stream besides its value, with their text in a response.</summary>
    private const long EndSize = 512;

    /// <summary>A value and its text in a response.</summary>
    private const int ValueCopies = 2;

    /// <inheritdoc cref="ICdbClient.GetEndsAsync"/>
    public async ValueTask<IReadOnlyList<StreamEnd?>> GetEndsAsync(Login login, IReadOnlyList<CdbPath> streams, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(streams);
        using QueryBudget budget = BudgetOf(login, cancellation);
        budget.CheckStreams(streams.Count);
        budget.WhenTooLong = ("The query has looked up the newest datapoints", "Ask for fewer streams at a time");
        return await budget.ComputeAsync(() => new ValueTask<StreamEnd?[]>(_store.Read(store => streams.Select(stream => EndOf(store, login, stream, budget)).ToArray(), cancellation))).ConfigureAwait(false);
    }

    private static StreamEnd? EndOf(IStoreReader store, Login login, CdbPath stream, QueryBudget budget)
    {
        try
        {
            budget.Step();
            SequenceKey key = KeyToRead(store, login, stream);
            long count = store.End(key).Count;
            if (count == 0)
            {
                return new StreamEnd(0, null);
            }

            Block newest = store.Read(key, count - 1, count);
            budget.Take(EndSize + (ValueCopies * ColumnWeight.Of(newest.Values)));
            return new StreamEnd(count, newest.At(0, stream));
        }
        catch (NotFoundException)
        {
            return null;
        }
    }
}
