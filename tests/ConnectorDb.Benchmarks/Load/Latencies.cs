using System.Diagnostics;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>How long answers took.</summary>
internal sealed class Latencies
{
    private readonly List<long> _ticks = [];

    public int Count => _ticks.Count;

    public void Add(long ticks) => _ticks.Add(ticks);

    public void Add(Latencies others) => _ticks.AddRange(others._ticks);

    /// <summary>Milliseconds that so large a share of the answers took at most.</summary>
    public double Quantile(double share)
    {
        if (_ticks.Count == 0)
        {
            return double.NaN;
        }

        _ticks.Sort();
        return _ticks[Math.Min(_ticks.Count - 1, (int)(share * _ticks.Count))] * 1000.0 / Stopwatch.Frequency;
    }
}
