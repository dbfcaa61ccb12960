using System.Diagnostics.CodeAnalysis;

namespace ConnectorDb.Core.Budgets;

/// <summary>The memory of all running queries of one user, and their turns to compute.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is not used has nothing to release.")]
public sealed class UserBudget(QueryLimits limits)
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

    /// <summary>Takes memory, or gives it back when the number is negative; false, and nothing is taken, when there is not enough.</summary>
    internal bool Take(long bytes)
    {
        if (Interlocked.Add(ref _memory, bytes) <= limits.UserMemory || bytes <= 0)
        {
            return true;
        }

        Interlocked.Add(ref _memory, -bytes);
        return false;
    }
}
