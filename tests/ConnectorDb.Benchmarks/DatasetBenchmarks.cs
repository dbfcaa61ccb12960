using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Benchmarks;

/// <summary>
/// Two streams of a million doubles each, in memory, brought to 100,000 rows: ten datapoints of each stream to a row. One
/// operation is one point, so that operations per second are points per second. The original: 15 million points/s.
/// </summary>
[MemoryDiagnoser]
public class DatasetBenchmarks
{
    private const int PointsPerStream = 1_000_000;
    private const int Points = 2 * PointsPerStream;

    private readonly MemoryReader _streams = new(PointsPerStream, blockSize: 4096);

    [Benchmark(OperationsPerInvoke = Points)]
    public Task<long> ClosestAndMean() => CountAsync(Dataset.ReadAsync(Query(100_000, "closest", "mean"), _streams));

    [Benchmark(OperationsPerInvoke = Points)]
    public Task<long> MinAndMax() => CountAsync(Dataset.ReadAsync(Query(100_000, "min", "max"), _streams));

    [Benchmark(OperationsPerInvoke = Points)]
    public Task<long> ClosestAndMeanInFewRows() => CountAsync(Dataset.ReadAsync(Query(1_000, "closest", "mean"), _streams));

    [Benchmark(OperationsPerInvoke = Points)]
    public Task<long> MergeOfTwo() => CountAsync(Merge.ReadAsync([new(MemoryReader.Even), new(MemoryReader.Odd)], _streams));

    private static DatasetQuery Query(int rows, string first, string second) => new()
    {
        T1 = 0,
        T2 = PointsPerStream,
        Dt = (double)PointsPerStream / rows,
        Columns =
        [
            new() { Name = "a", Sources = [new(MemoryReader.Even)], Interpolator = first },
            new() { Name = "b", Sources = [new(MemoryReader.Odd)], Interpolator = second },
        ],
    };

    private static async Task<long> CountAsync(IAsyncEnumerable<Block> rows)
    {
        long count = 0;
        await foreach (Block block in rows)
        {
            count += block.Count;
        }

        return count;
    }

    /// <summary>A datapoint a second in each stream, half a second apart.</summary>
    private sealed class MemoryReader : IStreamReader
    {
        private readonly Block _even;
        private readonly Block _odd;
        private readonly int _blockSize;

        public MemoryReader(int count, int blockSize)
        {
            _even = Make(count, 0, seed: 1);
            _odd = Make(count, 0.5, seed: 2);
            _blockSize = blockSize;
        }

        public static CdbPath Even { get; } = CdbPath.Parse("u/d/even");

        public static CdbPath Odd { get; } = CdbPath.Parse("u/d/odd");

        public async IAsyncEnumerable<Block> ReadAsync(DataQuery query, [EnumeratorCancellation] CancellationToken cancellation)
        {
            Block all = query.Stream == Even ? _even : _odd;
            for (int start = 0; start < all.Count; start += _blockSize)
            {
                yield return all.Slice(start, Math.Min(_blockSize, all.Count - start));
            }

            await Task.CompletedTask;
        }

        public ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation) => ValueTask.FromResult(0L);

        public ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation) => ValueTask.FromResult<long>(_even.Count);

        private static Block Make(int count, double offset, int seed)
        {
            Random random = new(seed);
            double[] times = new double[count];
            double[] values = new double[count];
            for (int i = 0; i < count; i++)
            {
                times[i] = i + offset;
                values[i] = 20 + random.NextDouble();
            }

            return new Block(times, new NumberColumn(values));
        }
    }
}
