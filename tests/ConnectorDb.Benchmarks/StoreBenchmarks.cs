using BenchmarkDotNet.Attributes;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sqlite;

namespace ConnectorDb.Benchmarks;

/// <summary>
/// A million numbers into the store in one durable append, and out again, beside the same in rows of a bare SQLite table. One
/// operation is one datapoint.
/// </summary>
[MemoryDiagnoser]
public class StoreBenchmarks : IDisposable
{
    private const int Points = 1_000_000;
    private readonly Block _block = Temperatures.Block(Points);
    private string _folder = "";
    private SqliteStore _store = null!;
    private BareTable _bare = null!;
    private long _next;

    [GlobalSetup]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("cdb-benchmark-").FullName;
        _store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder, "store.cdb") });
        _bare = new BareTable(Path.Combine(_folder, "bare.db"));
        AppendMillion();
        BareInsertMillion();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        _bare.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public long AppendMillion()
    {
        SequenceKey key = new(++_next, 0);
        return _store.Write(
            writer =>
            {
                writer.Append(key, _block);
                return key.Stream;
            },
            CancellationToken.None);
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public void BareInsertMillion() => _bare.Insert(++_next, _block);

    [Benchmark(OperationsPerInvoke = Points)]
    public double ReadMillion()
    {
        SequenceKey key = new(1, 0);
        double sum = 0;
        for (long at = 0; at < Points;)
        {
            Block block = _store.Read(reader => reader.Read(key, at, Points), CancellationToken.None);
            at += block.Count;
            sum += ((NumberColumn)block.Values).Values.Span[0] + block.Times.Span[0];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public double BareReadMillion() => _bare.Read(2);
}
