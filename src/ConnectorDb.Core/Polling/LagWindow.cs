namespace ConnectorDb.Core.Polling;

/// <summary>The lags of the last measurements.</summary>
internal sealed class LagWindow
{
    private const int Size = 1000;
    private const double Most = 0.99;
    private readonly TimeSpan[] _lags = new TimeSpan[Size];
    private long _count;

    public void Add(TimeSpan lag) => _lags[_count++ % Size] = lag;

    /// <summary>What 99 of 100 stayed within.</summary>
    public TimeSpan Percentile99()
    {
        int count = (int)Math.Min(_count, Size);
        TimeSpan[] sorted = [.. _lags.AsSpan(0, count)];
        Array.Sort(sorted);
        return count == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(count * Most) - 1];
    }
}
