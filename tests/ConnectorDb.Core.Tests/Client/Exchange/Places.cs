using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client.Exchange;

/// <summary>A database to export from, another to import to, and a folder between them.</summary>
public sealed class Places : IDisposable
{
    /// <summary>Appends like an older version, which accepted numbers beyond a double and times beyond the calendar.</summary>
    private static readonly AppendOptions s_older = new() { AsExported = true };

    private readonly TempFolder _folder = new();

    private readonly string _source;

    /// <param name="server">The PostgreSQL with both databases, which are emptied; null for files. Without PostgreSQL, the test is skipped.</param>
    public Places(IPostgres? server = null)
    {
        server?.SkipWhenMissing();
        _source = server is null ? _folder["from.cdb"] : EngineDatabase.Empty(server);
        Store = server is null ? _folder["to.cdb"] : EngineDatabase.Empty(server, "other");
        From = OpenFrom("me/user");
        To = OpenTo("me/user");
    }

    public ICdbClient From { get; }

    public ICdbClient To { get; }

    public string Folder => _folder["export"];

    /// <summary>The file or the address of the other database.</summary>
    public string Store { get; }

    public string KeyFolder => _folder["keys"];

    /// <summary>Where the folder lies.</summary>
    public string Root => _folder.Root;

    /// <summary>The first database in another session, as that device.</summary>
    public ICdbClient OpenFrom(string device) => Open(_source, device);

    /// <summary>The other database in another session, as that device.</summary>
    public ICdbClient OpenTo(string device) => Open(Store, device);

    public async Task<Export> ExportAsync(string path, ICdbClient? client = null, string? folder = null, bool withKeys = true)
    {
        Export export = new(client ?? From, CdbPath.Parse(path), folder ?? Folder, withKeys);
        await foreach (ExchangeStep step in export.RunAsync(Some.NoToken))
        {
            Assert.InRange(step.Share, 0, 1);
        }

        return export;
    }

    /// <summary>Imports the content of the folder, below the parent when it is no user.</summary>
    public async Task<Import> ImportAsync(string parent = "me", ICdbClient? client = null, ImportOptions? options = null)
    {
        Import? last = null;
        foreach (ImportItem item in ImportFolder.Read(Folder))
        {
            last = Begin(item, parent, client, options);
            await foreach (ExchangeStep step in last.RunAsync(Some.NoToken))
            {
                Assert.InRange(step.Share, 0, 1);
            }
        }

        return last!;
    }

    public Import Begin(ImportItem item, string parent = "me", ICdbClient? client = null, ImportOptions? options = null)
    {
        CdbPath target = item.Kind == CdbPathKind.User ? CdbPath.ForUser(item.Name) : CdbPath.Parse(parent).Child(item.Name);
        return new Import(client ?? To, item, target, options ?? new ImportOptions());
    }

    /// <summary>Makes a stream, with its user and device where they are missing, and fills it as its owner.</summary>
    public static async Task<CdbPath> FillAsync(ICdbClient client, string path, StreamDefinition? definition = null, params Block[] blocks)
    {
        CdbPath stream = CdbPath.Parse(path);
        if (!await client.ExistsAsync(CdbPath.ForUser(stream.User), Some.NoToken))
        {
            await client.CreateUserAsync(CdbPath.ForUser(stream.User), new UserDefinition { Email = stream.User + "@example.org" }, Some.NoToken);
        }

        if (!await client.ExistsAsync(stream.Parent!, Some.NoToken))
        {
            await client.CreateDeviceAsync(stream.Parent!, new DeviceDefinition(), Some.NoToken);
        }

        await client.CreateStreamAsync(stream, definition ?? new StreamDefinition(), Some.NoToken);
        await WriteAsync(client, stream.Parent!.ToString(), stream, blocks);
        return stream;
    }

    /// <summary>Writes to the stream as that device.</summary>
    public static async Task WriteAsync(ICdbClient client, string device, CdbPath stream, params Block[] blocks)
    {
        await using ICdbClient writer = await client.ActAsAsync(CdbPath.Parse(device), Some.NoToken);
        foreach (Block block in blocks)
        {
            await writer.AppendAsync([new StreamBlock(stream, block)], s_older, Some.NoToken);
        }
    }

    /// <summary>The datapoints as text: time, value, origin.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(ICdbClient client, CdbPath stream)
        => (await Some.Points(client.ReadAsync(new DataQuery(stream), Some.NoToken)))
            .ConvertAll(point => FormattableString.Invariant($"{point.T:R} {point.Value.ToJson()} {point.Origin}").TrimEnd());

    public void Dispose()
    {
        From.DisposeAsync().AsTask().GetAwaiter().GetResult();
        To.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private ICdbClient Open(string store, string device)
        => EmbeddedClient.Open(new EmbeddedOptions { Path = store, KeyFolder = KeyFolder, As = CdbPath.Parse(device) });
}
