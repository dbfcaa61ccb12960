using System.Diagnostics;
using ConnectorDb.Contracts;

namespace ConnectorDb.Benchmarks.Polling;

/// <summary>Notes when each measurement really began, in the code of the sampler itself.</summary>
internal sealed class TimedSampler(ISampler inner) : ISampler
{
    private readonly List<long> _starts = new(200);

    /// <summary>As <see cref="Stopwatch.GetTimestamp"/>; to be read when the poller has stopped.</summary>
    public IReadOnlyList<long> Starts => _starts;

    public ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        _starts.Add(Stopwatch.GetTimestamp());
        return inner.SampleAsync(cancellation);
    }

    public void Dispose() => inner.Dispose();
}
