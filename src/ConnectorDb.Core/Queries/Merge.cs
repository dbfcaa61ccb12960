using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.Queries;

/// <summary>
/// Merges queries in order of time. At equal times the query named first comes first with all its datapoints of that time; the
/// order inside a query is kept, even where it goes back in time.
/// </summary>
public static class Merge
{
    /// <summary>The minimum number of consecutive datapoints of one query that are passed on without copying.</summary>
    private const int LongRun = 512;

    /// <summary>The size of consecutive datapoints of one query from which they are passed on without copying: copies of large values would be the most of the memory of the merge.</summary>
    private const long LargeRun = 256 << 10;

    /// <summary>
    /// Merges datapoints with their origins and streams into blocks; one block of each query is in memory. When a query fails,
    /// the results before its last datapoint are returned first.
    /// </summary>
    /// <param name="queries">The queries.</param>
    /// <param name="reader">Reads the streams.</param>
    /// <param name="budget">The budget of the merge; null for the limits of this process.</param>
    /// <param name="cancellation">Ends the merge.</param>
    /// <exception cref="CdbException">A query fails, as <see cref="IStreamReader.ReadAsync"/> says.</exception>
    public static IAsyncEnumerable<Block> ReadAsync(IReadOnlyList<DataQuery> queries, IStreamReader reader, QueryBudget? budget = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(reader);
        CdbPath[] streams = queries.Select(query => query.Stream).ToArray();
        return MergedAsync(queries.Select((query, place) => Source.ReadNamedAsync(query, streams, place, reader, cancellation)), budget ?? QueryBudget.Embedded, cancellation);
    }

    /// <summary>The times and values of one stream, or of several merged.</summary>
    internal static IAsyncEnumerable<Block> OneOrMore(IReadOnlyList<ColumnSource> sources, IStreamReader reader, QueryBudget budget, CancellationToken cancellation)
        => sources.Count == 1
            ? sources[0].ReadAsync(reader, cancellation)
            : MergedAsync(sources.Select(source => source.ReadAsync(reader, cancellation)), budget, cancellation);

    private static async IAsyncEnumerable<Block> MergedAsync(IEnumerable<IAsyncEnumerable<Block>> sources, QueryBudget budget, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using MergeQueue queue = new(sources.Select(source => new BlockCursor(source, budget, cancellation)).ToArray());
        await queue.OpenAsync().ConfigureAwait(false);
        GatheredBlock gathered = new(budget);
        while (!queue.IsEmpty)
        {
            budget.Check();
            Gather(queue, gathered);
            BlockCursor first = queue.First;
            Block run = first.Block!.Slice(first.Position, queue.EndOfRun() - first.Position);
            long size = first.SizeOfOne;
            bool isLong = IsLong(run.Count, size);
            ExceptionDispatchInfo? failure = await PassAsync(first, run.Count).ConfigureAwait(false);
            if (failure is not null)
            {
                // As in the original, where the failing query was already asked for its next datapoint.
                run = run.Slice(0, run.Count - 1);
            }

            if (!gathered.IsEmpty && (isLong || gathered.IsFull))
            {
                yield return gathered.Take();
            }

            if (isLong)
            {
                yield return run;
            }
            else
            {
                gathered.Add(run, 0, run.Count, size);
            }

            if (failure is not null)
            {
                if (!gathered.IsEmpty)
                {
                    yield return gathered.Take();
                }

                failure.Throw();
            }

            queue.Settle();
        }

        if (!gathered.IsEmpty)
        {
            yield return gathered.Take();
        }
    }

    private static bool IsLong(int count, long size) => count >= LongRun || count * size >= LargeRun;

    /// <summary>Gathers consecutive datapoints until there are many of one query, a block ends, or enough are gathered.</summary>
    private static void Gather(MergeQueue queue, GatheredBlock gathered)
    {
        while (!gathered.IsFull)
        {
            BlockCursor first = queue.First;
            int start = first.Position;
            int end = queue.EndOfRun();
            if (IsLong(end - start, first.SizeOfOne) || end == first.Block!.Count)
            {
                return;
            }

            gathered.Add(first.Block, start, end - start, first.SizeOfOne);
            first.Position = end;
            queue.Settle();
        }
    }

    /// <summary>Moves past datapoints, into the next block when its own is used up.</summary>
    private static ValueTask<ExceptionDispatchInfo?> PassAsync(BlockCursor points, int count)
    {
        if (points.Position + count == points.Block!.Count)
        {
            return points.TryMoveNextAsync();
        }

        points.Position += count;
        return default;
    }
}
