namespace ConnectorDb.Core.Budgets;

/// <summary>How many datapoints or rows to process at once. The number begins small, because the first ones may take any amount of memory, and grows while they take little.</summary>
/// <param name="max">The maximum number.</param>
internal sealed class ChunkSize(int max)
{
    private const int First = 64;

    /// <summary>Bytes above which the next chunk is smaller than the one before.</summary>
    private const long Large = 2 << 20;

    private int _next = First / 2;

    /// <summary>The number for the next chunk.</summary>
    /// <param name="count">The number in the chunk before; any for the first.</param>
    /// <param name="bytes">The memory that the chunk before took.</param>
    public int After(int count, long bytes)
    {
        _next = Math.Min(max, bytes > Large ? (int)Math.Max(1, count * Large / bytes) : 2 * _next);
        return _next;
    }
}
