using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Client.Exchange;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>Export from and import to a server.</summary>
public sealed class RemoteExchangeTests : IAsyncLifetime, IDisposable
{
    private static readonly CdbPath s_light = CdbPath.Parse("ada/lamp/light");
    private readonly TempFolder _folder = new();
    private RunningServer _server = null!;
    private ICdbClient _remote = null!;
    private ICdbClient _local = null!;

    private string Folder => _folder["export"];

    async Task IAsyncLifetime.InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _remote = await RemoteClient.OpenAsync(new RemoteOptions { Url = _server.Address, ApiKey = _server.OwnerKey }, CancellationToken.None);
        _local = EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["store.cdb"], KeyFolder = _folder["keys"] });
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await _local.DisposeAsync();
        await _remote.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_can_be_moved_between_a_store_and_a_server(bool toServer)
    {
        (ICdbClient from, ICdbClient to) = toServer ? (_local, _remote) : (_remote, _local);
        await FillAsync(from);
        string? key = (await from.GetDeviceAsync(s_light.Parent!, CancellationToken.None)).ApiKey;
        await ExportAsync(from);

        Assert.Empty((await ImportAsync(to)).Notes);

        Assert.Equal(20_000, await to.CountAsync(s_light, CancellationToken.None));
        Assert.Equal(key, (await to.GetDeviceAsync(s_light.Parent!, CancellationToken.None)).ApiKey);
        List<string?> origins = [];
        await foreach (Block block in to.ReadAsync(new DataQuery(s_light.ToDownlink()), CancellationToken.None))
        {
            origins.AddRange(block.Origins!.Value.ToArray());
        }

        Assert.Equal(["ada/user", "me/user"], origins);
    }

    [Fact]
    public async Task A_failed_import_to_a_server_leaves_nothing_behind()
    {
        await FillAsync(_local);
        await ExportAsync(_local);
        await File.AppendAllTextAsync(Path.Combine(Folder, "ada", "lamp", "light", "data.json"), "]");

        await Assert.ThrowsAsync<InvalidExportException>(() => ImportAsync(_remote));
        Assert.False(await _remote.ExistsAsync(CdbPath.Parse("ada"), CancellationToken.None));
    }

    private static async Task FillAsync(ICdbClient client)
    {
        await client.CreateUserAsync(
            CdbPath.Parse("ada"),
            new UserDefinition
            {
                Email = "ada@example.org",
                Password = "a long enough password",
                Devices = new Dictionary<string, DeviceDefinition>
                {
                    ["lamp"] = new() { Enabled = true, Visible = true, Streams = new Dictionary<string, StreamDefinition> { ["light"] = new() { Downlink = true, Schema = """{"type":"number"}""" } } },
                },
            },
            CancellationToken.None);
        await WriteAsync(client, "ada/lamp", 20_000);
        await WriteAsync(client, "ada/user", 1);
        await WriteAsync(client, "me/user", 1);
    }

    private static async Task WriteAsync(ICdbClient client, string device, int count)
    {
        await using ICdbClient writer = await client.ActAsAsync(CdbPath.Parse(device), CancellationToken.None);
        double[] times = [.. Enumerable.Range(1, count).Select(i => (double)i)];
        await writer.AppendAsync(s_light, new Block(times, new NumberColumn(times)), restamp: false, CancellationToken.None);
    }

    private async Task ExportAsync(ICdbClient client)
    {
        await foreach (ExchangeStep step in new Export(client, CdbPath.Parse("ada"), Folder, withKeys: true).RunAsync(CancellationToken.None))
        {
            Assert.InRange(step.Share, 0, 1);
        }
    }

    private async Task<Import> ImportAsync(ICdbClient client)
    {
        ImportItem item = ImportFolder.Read(Folder).Single();
        Import import = new(client, item, CdbPath.ForUser(item.Name), new ImportOptions { Password = "a long enough password" });
        await foreach (ExchangeStep step in import.RunAsync(CancellationToken.None))
        {
            Assert.InRange(step.Share, 0, 1);
        }

        return import;
    }
}
