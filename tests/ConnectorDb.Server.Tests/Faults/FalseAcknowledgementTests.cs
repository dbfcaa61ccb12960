using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Server.Tests.Support;
using ConnectorDb.Sinks;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>
/// A logger sends to a server through a proxy that falsifies responses to appends. Entries without the response of the server are kept, and
/// are stored once although the server had stored some of them.
/// </summary>
public sealed class FalseAcknowledgementTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LoopbackServer _proxy = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _proxy.Answer = Forward;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _proxy.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string, LoopbackReply, bool> Falsifications => new()
    {
        { "nothing", new(200), false },
        { "a login page", new(200, "<html><title>Log in</title></html>"), false },
        { "a text", new(200, "thanks"), false },
        { "null", new(200, "null"), false },
        { "an empty list", new(200, "[]"), false },
        { "an empty object", new(200, "{}"), false },
        { "202", new(202), false },
        { "203", new(203), false },
        { "204", new(204), false },
        { "206", new(206), false },
        { "a redirect", new(302) { Headers = [("Location", "http://127.0.0.1:9/login")] }, false },
        { "a lost response", new(200) { CutAfter = 0 }, true },
        { "a part of the response", new(200, new string(' ', 100)) { CutAfter = 60 }, true },
        { "a login page instead of the response", new(200, "<html><title>Log in</title></html>"), true },
        { "a redirect instead of the response", new(307) { Headers = [("Location", "http://127.0.0.1:9/login")] }, true },
    };

    [Theory]
    [MemberData(nameof(Falsifications))]
    public async Task Entries_are_kept_and_stored_once_after(string what, LoopbackReply answer, bool isStored)
    {
        await using DataLogger logger = Open();
        string[] streams = ["x", "y"];
        Array.ForEach(streams, name => logger.AddChannel(new LogChannel { Name = name, IsToCreate = true }));
        logger.Write([.. streams.Select(name => new LogBlock(name, Numbers(0)))]);
        Assert.True((await SyncAsync(logger)).Succeeded);
        foreach (string[] written in new string[][] { ["x"], streams })
        {
            long next = written.Length * 10L;
            logger.Write([.. written.Select(name => new LogBlock(name, Numbers(next)))]);
            int falsified = 0;
            _proxy.Answer = request =>
            {
                if (!IsAppend(request))
                {
                    return Forward(request);
                }

                falsified++;
                _ = isStored ? Forward(request) : null;
                return answer;
            };
            SyncResult refused = await SyncAsync(logger);

            Assert.True(falsified > 0, what);
            Assert.False(refused.Succeeded, what);
            Assert.Equal((0, 0, 3 * written.Length), (refused.Sent, refused.SetAside, refused.Destinations[0].Pending));
            _proxy.Answer = Forward;
            Assert.True((await SyncAsync(logger)).Succeeded, what);
        }

        await using ICdbClient owner = _server.As("me/user");
        Assert.Equal("0 1 2 10 11 12 20 21 22", await NumbersOf(owner, "x"));
        Assert.Equal("0 1 2 20 21 22", await NumbersOf(owner, "y"));
        Assert.Empty(logger.ListDeadLetters());
    }

    private static bool IsAppend(LoopbackRequest request)
        => request.Method is "POST" or "PUT" && request.Target.Contains("/data", StringComparison.Ordinal);

    private static Block Numbers(long first) => new(new[] { 1_500_000_000.0 + first, 1_500_000_001.0 + first, 1_500_000_002.0 + first }, new IntegerColumn(new[] { first, first + 1, first + 2 }));

    private static Task<SyncResult> SyncAsync(DataLogger logger) => logger.SyncAsync(TimeSpan.FromSeconds(60), CancellationToken.None);

    private static async Task<string> NumbersOf(ICdbClient client, string stream)
        => string.Join(' ', (await Some.Points(client.ReadAsync(new DataQuery(CdbPath.Parse($"me/user/{stream}")), CancellationToken.None))).Select(point => point.GetValue().AsInteger()));

    private LoopbackReply Forward(LoopbackRequest request)
    {
        using HttpRequestMessage message = new(new HttpMethod(request.Method), new Uri(_server.Address, request.Target));
        if (request.Body.Length > 0)
        {
            message.Content = new StringContent(request.Body, Encoding.UTF8, "application/json");
        }

        foreach ((string name, string value) in request.Headers.Where(header => header.Key is not ("Host" or "Content-Length" or "Content-Type")))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = _http.Send(message);
        using StreamReader body = new(response.Content.ReadAsStream());
        return new LoopbackReply((int)response.StatusCode, body.ReadToEnd()) { Headers = [.. response.Headers.Where(header => header.Key != "Transfer-Encoding").Select(header => (header.Key, string.Join(", ", header.Value)))] };
    }

    private DataLogger Open()
    {
        SinkContext context = new()
        {
            Connect = settings => RemoteClient.OpenAsync(
                new RemoteOptions { Url = new Uri(settings.Url!), ApiKey = settings.ApiKey!.Reveal(), Retries = new RetryPolicy { Attempts = 1 } },
                CancellationToken.None).GetAwaiter().GetResult(),
        };
        DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = _folder["cache.db"], KeyFolder = _folder["keys"], OpenSink = settings => SinkCatalog.Open(settings, context) });
        logger.AddSink(new ConnectorDbSettings { Url = _proxy.Url, ApiKey = new SecretText(_server.OwnerKey) });
        return logger;
    }
}
