using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Server.Tests.Support;
using ConnectorDb.Sinks;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>A logger that sends to a real server over an unreliable connection.</summary>
public sealed class LoggerToServerTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private RunningServer _server = null!;
    private CuttingProxy _line = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _line = new CuttingProxy(_server.Address, seed: 4);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _line.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Over_an_unreliable_connection_everything_arrives_once_and_in_order()
    {
        await using DataLogger logger = Open();
        logger.AddChannel(new LogChannel { Name = "x", IsToCreate = true, Definition = new StreamDefinition { Schema = """{"type":"integer"}""" } });
        logger.AddChannel(new LogChannel { Name = "y", IsToCreate = true });
        _line.Cuts = 0.3;
        long next = 0;
        for (int round = 0; round < 40; round++)
        {
            long[] numbers = [.. Enumerable.Range(0, 1 + (round * 7 % 60)).Select(_ => next++)];
            Block block = new(numbers.Select(n => 1_500_000_000.0 + (n / 3)).ToArray(), new IntegerColumn(numbers));
            logger.Write([new("x", block), new("y", block)]);
            await logger.SyncAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        }

        _line.Cuts = 0;
        SyncResult last = await logger.SyncAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

        Assert.True(last.Succeeded, last.Destinations[0].Error);
        await using ICdbClient owner = _server.As("me/user");
        foreach (string stream in new[] { "x", "y" })
        {
            List<Datapoint> there = await Some.Points(owner.ReadAsync(new DataQuery(CdbPath.Parse($"me/user/{stream}")), CancellationToken.None));
            Assert.Equal(Enumerable.Range(0, (int)next).Select(n => (long)n), there.Select(point => point.GetValue().AsInteger()));
        }

        Assert.Empty(logger.ListDeadLetters());
    }

    [Fact]
    public async Task Entries_that_the_schema_of_the_server_rejects_are_set_aside_and_the_rest_arrives()
    {
        await using ICdbClient owner = _server.As("me/user");
        CdbPath path = CdbPath.Parse("me/user/strict");
        await owner.CreateStreamAsync(path, new StreamDefinition { Schema = """{"type":"integer"}""" }, CancellationToken.None);
        await using DataLogger logger = Open();
        logger.AddChannel(new LogChannel { Name = "strict" });
        BlockBuilder points = new();
        for (int i = 0; i < 1000; i++)
        {
            points.Add(1_500_000_000 + i, i % 10 == 3 ? DataValue.From("warm") : DataValue.From(i));
        }

        logger.Write("strict", points.Build());
        SyncResult result = await logger.SyncAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

        Assert.Null(result.Destinations[0].Error);
        Assert.Equal((900, 100, SyncResult.Incomplete), (result.Sent, result.SetAside, result.ExitCode));
        Assert.Equal(900, await owner.CountAsync(path, CancellationToken.None));
    }

    private DataLogger Open()
    {
        SinkContext context = new()
        {
            Connect = settings => RemoteClient.OpenAsync(
                new RemoteOptions { Url = new Uri(settings.Url!), ApiKey = settings.ApiKey!.Reveal(), Retries = new RetryPolicy { Attempts = 1 } },
                CancellationToken.None).GetAwaiter().GetResult(),
        };
        DataLogger logger = DataLogger.Open(new DataLoggerOptions
        {
            Path = _folder["cache.db"],
            KeyFolder = _folder["keys"],
            OpenSink = settings => SinkCatalog.Open(settings, context),
        });
        logger.AddSink(new ConnectorDbSettings { Url = _line.Address.ToString(), ApiKey = new SecretText(_server.OwnerKey) });
        return logger;
    }
}
