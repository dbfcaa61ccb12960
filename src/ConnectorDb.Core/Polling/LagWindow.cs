namespace ConnectorDb.Core.Polling;

/// <summary>The lags of recent measurements.</summary>
internal sealed class LagWindow
{
    private const int Size = 1000;
    private const double Quantile = 0.99;
    private readonly TimeSpan[] _lags = new TimeSpan[Size];
    private long _count;

    public void Add(TimeSpan lag) => _lags[_count++ % Size] = lag;

    /// <summary>The 99th percentile.</summary>
    public TimeSpan Percentile99()
    {
        int count = (int)Math.Min(_count, Size);
        TimeSpan[] sorted = [.. _lags.AsSpan(0, count)];
        Array.Sort(sorted);
        return count == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(count * Quantile) - 1];
    }
}
