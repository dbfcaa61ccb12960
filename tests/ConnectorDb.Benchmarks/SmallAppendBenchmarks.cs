using BenchmarkDotNet.Attributes;
using ConnectorDb.Columns;
using ConnectorDb.Core.Client;
using ConnectorDb.Contracts;

namespace ConnectorDb.Benchmarks;

/// <summary>
/// Single numbers, each on disk before the next is taken: through the client, with rights, schema and time order, by 1 and by 8
/// callers; and beside it a bare SQLite table that commits each row (WAL, synchronous=FULL). One operation is one datapoint.
/// </summary>
public class SmallAppendBenchmarks : IDisposable
{
    private const int Points = 400;
    private readonly List<CdbPath> _streams = [];
    private string _folder = "";
    private ICdbClient _client = null!;
    private BareTable _bare = null!;
    private long _next;

    [GlobalSetup]
    public async Task Open()
    {
        _folder = Directory.CreateTempSubdirectory("cdb-benchmark-").FullName;
        _client = EmbeddedClient.Open(new EmbeddedOptions { Path = Path.Combine(_folder, "store.cdb"), KeyFolder = Path.Combine(_folder, "keys") });
        _bare = new BareTable(Path.Combine(_folder, "bare.db"));
        for (int i = 0; i < 8; i++)
        {
            CdbPath stream = CdbPath.ForStream("me", "user", $"s{i}");
            await _client.CreateStreamAsync(stream, new StreamDefinition { Schema = """{"type":"number"}""" }, CancellationToken.None);
            _streams.Add(stream);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _client.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _bare.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Points)]
    [Arguments(1)]
    [Arguments(8)]
    public void Append(int callers)
    {
        Thread[] threads = [.. _streams.Take(callers).Select(stream => new Thread(() => AppendTo(stream, Points / callers)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    [Benchmark(OperationsPerInvoke = Points)]
    public void BareInsert()
    {
        for (int i = 0; i < Points; i++)
        {
            _bare.Insert(0, ++_next, 21.5);
        }
    }

    private void AppendTo(CdbPath stream, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ValueTask<AppendResult> done = _client.AppendAsync(stream, new Block(new[] { double.NaN }, new NumberColumn(new[] { 21.5 })), restamp: false, CancellationToken.None);
            done.AsTask().GetAwaiter().GetResult();
        }
    }
}
