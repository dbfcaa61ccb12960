using BenchmarkDotNet.Attributes;
using ConnectorDb.Benchmarks.Compare;

namespace ConnectorDb.Benchmarks;

/// <summary>Queries to a store with A, through the client: some need the statistics of the segments only, some open a few segments, some all. One operation is one query.</summary>
[MemoryDiagnoser]
public class ScanBenchmarks : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private CdbPath _stream = CdbPath.ForUser("me");

    /// <summary>Datapoints of the stream.</summary>
    [Params(1_000_000, 10_000_000)]
    public int Points { get; set; }

    [GlobalSetup]
    public async Task FillAsync()
    {
        _stream = await _scene.NewStreamAsync();
        await _scene.AppendAsync(_stream, SegmentData.Make(SegmentData.Tenths, Points));
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public async Task<long> All() => await _scene.ReadAsync(_stream.Name);

    [Benchmark]
    public async Task<long> Mean() => await _scene.ReadAsync(_stream.Name, "mean | if last");

    [Benchmark]
    public async Task<long> Largest() => await _scene.ReadAsync(_stream.Name, "max | if last");

    [Benchmark]
    public async Task<long> Above22() => await _scene.ReadAsync(_stream.Name, "if $ > 22 | count | if last");

    [Benchmark]
    public async Task<long> Above30() => await _scene.ReadAsync(_stream.Name, "if $ > 30");

    [Benchmark]
    public async Task<StreamSummary> Measured() => await _scene.Client.SummarizeAsync(new DataQuery(_stream), CancellationToken.None);
}
