using ConnectorDb.Columns;
using ConnectorDb.Core.Client;
using ConnectorDb.Contracts;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>A store of ours, a DuckDB file and a bare SQLite table, in a folder that is gone afterwards.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cdb-compare-");
    private readonly string? _store;
    private int _streams;

    /// <param name="store">The address of a database for our store; null for a file.</param>
    public Scene(string? store = null)
    {
        _store = store;
        Client = Open();
        Duck = new DuckDb(DuckPath);
        Bare = new BareTable(BarePath);
    }

    public string StorePath => Path.Combine(_folder.FullName, "store.cdb");

    public string DuckPath => Path.Combine(_folder.FullName, "peer.duckdb");

    public string BarePath => Path.Combine(_folder.FullName, "bare.db");

    public ICdbClient Client { get; }

    public DuckDb Duck { get; }

    public BareTable Bare { get; }

    /// <summary>Puts the datapoints into all three: a stream and a table of that name, and the rows of that number.</summary>
    public async Task FillAsync(string name, int number, Block block)
    {
        await AppendAsync(await NewStreamAsync(name), block);
        Duck.MakeTable(name);
        Duck.Append(name, DuckDb.Micros(block), ((NumberColumn)block.Values).Values.Span);
        Bare.Insert(number, block);
    }

    /// <summary>A new stream; a name is made up when none is given.</summary>
    public async Task<CdbPath> NewStreamAsync(string? name = null, string schema = """{"type":"number"}""")
    {
        CdbPath stream = CdbPath.ForStream("me", "user", name ?? $"s{_streams++}");
        await Client.CreateStreamAsync(stream, new StreamDefinition { Schema = schema }, CancellationToken.None);
        return stream;
    }

    public async ValueTask AppendAsync(CdbPath stream, Block block) => await Client.AppendAsync(stream, block, restamp: false, CancellationToken.None);

    /// <summary>Has all columns of the answer in memory.</summary>
    public ValueTask<long> ReadAsync(string name, string? transform = null)
        => CountAsync(Client.ReadAsync(new DataQuery(CdbPath.ForStream("me", "user", name)) { Transform = transform }, CancellationToken.None));

    public ValueTask<long> DatasetAsync(DatasetQuery query) => CountAsync(Client.DatasetAsync(query, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Closes the three files, so that all lies in them.</summary>
    public async ValueTask CloseAsync()
    {
        await Client.DisposeAsync();
        Duck.Dispose();
        Bare.Dispose();
    }

    /// <summary>The closed store: opens it, and has the last five datapoints of the stream.</summary>
    public async ValueTask ReopenAndReadLastAsync(CdbPath stream)
    {
        await using ICdbClient client = Open();
        await CountAsync(client.ReadAsync(new DataQuery(stream) { I1 = -5 }, CancellationToken.None));
    }

    private ICdbClient Open() => EmbeddedClient.Open(new EmbeddedOptions { Path = _store ?? StorePath, KeyFolder = Path.Combine(_folder.FullName, "keys") });

    private static async ValueTask<long> CountAsync(IAsyncEnumerable<Block> blocks)
    {
        long count = 0;
        await foreach (Block block in blocks)
        {
            count += block.Count;
        }

        return count;
    }
}
