namespace ConnectorDb.Core.Budgets;

/// <summary>The memory of all running queries of all users.</summary>
/// <param name="limit">The maximum in bytes.</param>
internal sealed class CommonMemory(long limit)
{
    /// <summary>The memory up to which a query may use the reserve, so that a few large queries do not keep out the small ones of others.</summary>
    private const long Small = 8 << 20;

    /// <summary>The part of the limit that is the reserve.</summary>
    private const int ShareOfReserve = 8;

    private readonly long _withReserve = limit + Math.Min(limit / ShareOfReserve, long.MaxValue - limit);
    private long _memory;

    /// <summary>Takes memory, or gives it back when the number is negative; false, and nothing is taken, when there is not enough.</summary>
    /// <param name="bytes">The bytes that the query takes more.</param>
    /// <param name="all">All bytes of the query.</param>
    public bool Take(long bytes, long all)
    {
        if (Interlocked.Add(ref _memory, bytes) <= (all <= Small ? _withReserve : limit) || bytes <= 0)
        {
            return true;
        }

        Interlocked.Add(ref _memory, -bytes);
        return false;
    }
}
