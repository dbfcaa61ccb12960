using System.Diagnostics.CodeAnalysis;

namespace ConnectorDb.Core.Budgets;

/// <summary>The memory of all running queries of one user, and their turns to compute.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is not used has nothing to release.")]
internal sealed class UserBudget(QueryLimits limits, CommonMemory all)
{
    /// <summary>How long a query keeps its turn after it has reached a limit. Queries that fail again and again then take little of the processors from other users.</summary>
    internal static readonly TimeSpan PauseAtLimit = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _turns = new(limits.UserQueries);
    private long _memory;
    private int _queries;

    /// <summary>Counts a query that begins; false, and it is not counted, when too many of the user have begun and not ended.</summary>
    internal bool Begin()
    {
        if (Interlocked.Increment(ref _queries) <= limits.UserOpenQueries)
        {
            return true;
        }

        End();
        return false;
    }

    internal void End() => Interlocked.Decrement(ref _queries);

    /// <summary>Waits for a turn to compute.</summary>
    /// <remarks>A query keeps its turn for one block at a time, so that a slow reader does not keep the others waiting.</remarks>
    internal Task EnterAsync(CancellationToken cancellation) => _turns.WaitAsync(cancellation);

    internal void Leave() => _turns.Release();

    /// <summary>Takes memory, or gives it back when the number is negative. When there is not enough, nothing is taken.</summary>
    /// <param name="bytes">The bytes that a query takes more.</param>
    /// <param name="allOfQuery">All bytes of the query.</param>
    /// <returns>The limit that is reached; null for none.</returns>
    internal string? Take(long bytes, long allOfQuery)
    {
        bool isOfUser = Interlocked.Add(ref _memory, bytes) > limits.UserMemory && bytes > 0;
        if (!isOfUser && all.Take(bytes, allOfQuery))
        {
            return null;
        }

        Interlocked.Add(ref _memory, -bytes);
        return isOfUser ? nameof(QueryLimits.UserMemory) : nameof(QueryLimits.AllMemory);
    }
}
