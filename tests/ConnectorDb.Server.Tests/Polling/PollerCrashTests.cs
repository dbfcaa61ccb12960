using System.Globalization;
using System.Net;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Server.Tests.Support;
using ConnectorDb.Sinks;

namespace ConnectorDb.Server.Tests.Polling;

/// <summary>
/// Kills a polling server at random moments while items are added and removed in parallel. Acknowledged changes must be in the
/// file, each item once, and each measured value must arrive once.
/// </summary>
public sealed class PollerCrashTests : IDisposable
{
    private const string Kills = "CONNECTORDB_CRASH_KILLS";
    private const int FewKills = 4;
    private const int Changers = 4;
    private const int MostItemsOfOne = 20;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);
    private readonly TempFolder _folder = new();
    private readonly object _gate = new();

    /// <summary>The items that must exist.</summary>
    private readonly HashSet<string> _items = new(StringComparer.Ordinal);

    /// <summary>The items that were being added or removed when the server was killed; each may exist or not.</summary>
    private readonly HashSet<string> _unsure = new(StringComparer.Ordinal);

    private string Config => _folder["poll.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_killed_at_random_neither_loses_nor_duplicates_items_and_sends_each_value_once()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable(Kills), CultureInfo.InvariantCulture, out int given) ? given : FewKills;
        Random random = new(6);
        await File.WriteAllTextAsync(Config, """{"polling_threads": 7, "items": []}""");
        await using (DataLogger logger = OpenLogger())
        {
            logger.Change(settings => settings with { SyncPeriod = TimeSpan.FromSeconds(1) });
            logger.AddSink(new ConnectorDbSettings { Path = _folder["store.cdb"], KeyFolder = _folder["keys"], As = "me/user" });
        }

        for (int i = 0; i < kills; i++)
        {
            using ServerProcess server = await StartAsync();
            await CheckAsync(server);
            Task changing = Task.WhenAll(Enumerable.Range(0, Changers).Select(changer => ChangeAsync(server.Http, $"item{i}-{changer}-", random.Next())));
            await Task.Delay(s_longest * random.NextDouble());
            server.Kill();
            await changing;
        }

        using (ServerProcess server = await StartAsync())
        {
            await CheckAsync(server);
            await server.Http.SendAsync(HttpMethod.Post, "/items/", Json("last"));
            await UntilSentAsync("last");
        }

        await CheckValuesAsync();
    }

    private static string Json(string name) => $$"""{"name": "{{name}}", "key": "system.uptime", "interval": 1}""";

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(_folder, "--login-delay", "0", "--poll", Config, "--poll-logger", _folder["cache.db"]);

    /// <summary>The file is complete, no temporary file is left, and the server polls the items of the file.</summary>
    private async Task CheckAsync(ServerProcess server)
    {
        using JsonDocument file = JsonDocument.Parse(await File.ReadAllBytesAsync(Config));
        Assert.Equal(7, file.RootElement.GetProperty("polling_threads").GetInt32());
        string[] kept = Names(file.RootElement.GetProperty("items"));
        Assert.Equal(kept, kept.Distinct());
        Assert.Equal(_items.Except(_unsure).Order(), kept.Except(_unsure).Order());
        Assert.InRange(Directory.GetFiles(_folder.Root, "poll.json*").Length, 1, 3);
        using JsonDocument polled = JsonDocument.Parse(await server.Http.DoAsync(HttpMethod.Get, "/items/"));
        Assert.Equal(kept.Order(), Names(polled.RootElement).Order());
        _unsure.Clear();
        _items.Clear();
        _items.UnionWith(kept);
    }

    private static string[] Names(JsonElement items) => [.. items.EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    /// <summary>Adds and removes its own items until the server is killed.</summary>
    private async Task ChangeAsync(HttpClient http, string prefix, int seed)
    {
        Random random = new(seed);
        List<string> own = [];
        for (int n = 0; ; n++)
        {
            bool isToAdd = own.Count == 0 || (own.Count < MostItemsOfOne && random.Next(3) > 0);
            string name = isToAdd ? prefix + n : own[random.Next(own.Count)];
            Note(() => _unsure.Add(name));
            try
            {
                (HttpStatusCode status, string text) = isToAdd
                    ? await http.SendAsync(HttpMethod.Post, "/items/", Json(name))
                    : await http.SendAsync(HttpMethod.Delete, $"/items/{name}");
                Assert.True((int)status < 300, text);
            }
            catch (Exception error) when (error is HttpRequestException or System.Net.Sockets.SocketException)
            {
                return;
            }

            Note(() =>
            {
                _unsure.Remove(name);
                _ = isToAdd ? _items.Add(name) : _items.Remove(name);
            });
            own.RemoveAll(each => each == name);
            own.AddRange(isToAdd ? [name] : []);
        }
    }

    private void Note(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }

    private async Task UntilSentAsync(string stream)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await using ICdbClient store = OpenStore();
        CdbPath path = CdbPath.Parse($"me/user/{stream}");
        while (!await store.ExistsAsync(path, patience.Token) || await store.CountAsync(path, patience.Token) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }

    private async Task CheckValuesAsync()
    {
        await using DataLogger logger = OpenLogger();
        Assert.Null(logger.Recovery);
        SyncResult result = await logger.SyncAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        Assert.True(result.Succeeded, result.Destinations[0].Error);
        LoggerStatus status = logger.GetStatus();
        Assert.Equal((0, 0, 0), (status.Damaged, status.Dropped, logger.ListDeadLetters().Count));
        await using ICdbClient store = OpenStore();
        await foreach (CdbStream stream in store.ListStreamsAsync(CdbPath.Parse("me/user"), CancellationToken.None))
        {
            List<double> times = [];
            await foreach (Block block in store.ReadAsync(new DataQuery(stream.GetPath()), CancellationToken.None))
            {
                times.AddRange(block.Times.ToArray());
            }

            Assert.Equal(times.Distinct().Order(), times);
        }
    }

    private ICdbClient OpenStore() => EmbeddedClient.Open(new EmbeddedOptions { Path = _folder["store.cdb"], KeyFolder = _folder["keys"], As = CdbPath.Parse("me/user") });

    private DataLogger OpenLogger() => DataLogger.Open(new DataLoggerOptions
    {
        Path = _folder["cache.db"],
        OpenSink = settings => SinkCatalog.Open(settings, new SinkContext { Connect = SettingsClient.Open }),
    });
}
