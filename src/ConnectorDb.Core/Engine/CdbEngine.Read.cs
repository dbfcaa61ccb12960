using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Changes;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Engine.Reading;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="Contracts.ICdbClient.ReadAsync"/>
    /// <remarks>
    /// Script and range are checked before the first block. A stream mostly changes at its end, so a range of indices is a consistent view as long as nothing of it is removed and no late datapoint is put into it; a
    /// transaction is open only while a block is loaded, however slow the reader is.
    /// </remarks>
    public IAsyncEnumerable<Block> ReadAsync(Login login, DataQuery query, CancellationToken cancellation)
    {
        QueryBudget budget = BudgetOf(login, cancellation);
        return new BudgetedBlocks(CompletedEnumerable.Of(ReadInTurn()), budget, countsRows: true);

        // A script may take long to read.
        IEnumerable<Block> ReadInTurn()
        {
            foreach (Block block in Read(login, query, budget, sources: 1, cancellation))
            {
                yield return block;
            }
        }
    }

    /// <param name="login">The caller.</param>
    /// <param name="query">The query.</param>
    /// <param name="budget">The budget of the query that the stream is read for.</param>
    /// <param name="sources">The number of streams of that query.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <inheritdoc cref="Contracts.ICdbClient.ReadAsync"/>
    internal IEnumerable<Block> Read(Login login, DataQuery query, QueryBudget budget, int sources, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.Check(query);
        Script? script = string.IsNullOrEmpty(query.Transform) ? null : Script.Parse(query.Transform, budget: budget);
        SequenceRange located = _store.Read(store => Locate(store, login, query), cancellation);
        IndexRange range = located.Indices;
        SequenceScan sequence = new(_store, query.Stream, located, sources, budget, cancellation);
        if (script is null)
        {
            range = range.First(query.Limit);
            return sequence.Read(range.From, range.To);
        }

        IEnumerable<Block> results = Run(script, sequence, range, budget, hasOrigins: located.Key.Number > 0 || ChangeLog.Is(query.Stream));
        return query.Limit is { } limit ? Take(results, limit) : results;
    }

    /// <summary>The datapoints of the query next to the given times; may contain others, too.</summary>
    /// <inheritdoc cref="Read"/>
    internal IEnumerable<Block> ReadNextTo(Login login, DataQuery query, TimeSteps times, QueryBudget budget, int sources, CancellationToken cancellation)
    {
        Script? script = string.IsNullOrEmpty(query.Transform) ? null : Script.Parse(query.Transform, budget: budget);
        string? member = script?.Start(budget).Member;
        if (query.Limit is not null || (script is not null && member is null))
        {
            return Read(login, query, budget, sources, cancellation);
        }

        QueryRange.Check(query);
        (SequenceRange located, double newest) = _store.Read(
            store =>
            {
                SequenceRange whole = Locate(store, login, query);
                long later = Math.Max(whole.Indices.From, store.IndexOfTime(whole.Key, times.End));
                return (whole with { Indices = whole.Indices with { To = Math.Min(whole.To, later + 1) } }, store.End(whole.Key).NewestT ?? 0);
            },
            cancellation);
        IndexRange range = located.Indices;
        SequenceScan sequence = new(_store, query.Stream, located, sources, budget, cancellation);

        // A scan adds up all times before the end of a segment before it gives the first datapoint, which must not take longer than reading them all.
        IEnumerable<Block> points = times.CountBefore(newest) > range.To - range.From
            ? sequence.Read(range.From, range.To, member is null ? null : MemberProjection.Of(member))
            : new NeighbourScan(sequence, times, member).Read(range.From, range.To);
        return script is null ? points : script.Run(points, budget);
    }

    /// <param name="hasOrigins">Some datapoints may have origins, which statistics do not cover.</param>
    private static IEnumerable<Block> Run(Script script, SequenceScan sequence, IndexRange range, QueryBudget budget, bool hasOrigins)
    {
        ScriptExecution run = script.Start(budget);
        return run.CanPrune && !hasOrigins ? new ScriptScan(sequence, run).Read(range.From, range.To) : script.Run(sequence.Read(range.From, range.To, new MemberProjection()), budget);
    }

    private static SequenceRange Locate(IStoreReader store, Login login, DataQuery query)
    {
        SequenceKey key = KeyToRead(store, login, query.Stream);
        return new SequenceRange(key, Resolve(store, key, query), store.TreeVersion);
    }

    private static IndexRange Resolve(IStoreReader store, SequenceKey key, DataQuery query)
    {
        long count = store.End(key).Count;
        if (query.IsByTime)
        {
            long from = query.T1 is { } t1 ? store.IndexOfTime(key, t1) : 0;
            long to = query.T2 is { } t2 ? store.IndexOfTime(key, t2) : count;
            return new IndexRange(from, Math.Max(from, to));
        }

        return QueryRange.OfIndices(query, count);
    }

    /// <summary>The sequence of a path that the login may read.</summary>
    internal static SequenceKey KeyToRead(IStoreReader store, Login login, CdbPath path)
    {
        FieldRules.CheckKind(path.ToStream(), CdbPathKind.Stream);
        (StreamRecord stream, Rights rights) = new TreeView(store, ActorOf(store, login)).Stream(path.ToStream());
        return (path.IsDownlink ? rights.Read.Downlink : rights.Read.Data) ? stream.KeyOf(path.IsDownlink) : throw NotFoundException.Of(path);
    }

    private static IEnumerable<Block> Take(IEnumerable<Block> blocks, long limit)
    {
        if (limit <= 0)
        {
            yield break;
        }

        foreach (Block block in blocks)
        {
            yield return block.Slice(0, (int)Math.Min(block.Count, limit));
            limit -= block.Count;
            if (limit <= 0)
            {
                yield break;
            }
        }
    }
}
