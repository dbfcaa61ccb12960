using System.Net;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Addresses that pretend to be others: dots, escapes, overlong UTF-8, letters that look alike, long names.</summary>
public sealed class PathTests : IAsyncLifetime
{
    /// <summary>In all names and values of the user whose data nobody else may see.</summary>
    private const string Secret = "treasure";

    private static readonly string[] s_tricks =
    [
        "%00", "ann%00", "%00ann", "bob%00/../ann", "..", ".", "%2e", "%2e%2e", "%2E%2e", ".%2e", "../ann", "../../ann", "..%2fann", "%2e%2e%2fann", "%2e%2e/ann", "..%5cann", "..\\ann", "..;/ann", ";/ann", "ann;x",
        "%252e%252e%252fann", "%252fann", "%2f", "%2fann", "/ann", "//ann", "ann%2f", "ann%2fvault%2ftreasure%2fdata", "ann/vault/treasure/data", "ann/vault", "%2e%2e%2fann%2fvault%2ftreasure", "../../ann/vault/treasure",
        "%c0%ae%c0%ae%c0%afann", "%c0%af", "%e0%80%af", "%f0%80%80%af", "%ff", "%ed%a0%80", "%D0%B0nn", "%EF%BD%81nn", "%EF%BC%8E%EF%BC%8E", "%EF%BC%8Fann", "ann%E2%80%8B", "%E2%80%8Fann", "a%CC%81nn", "%u0061nn",
        "ann.", "ann..", "ann/", "ann//", "ann/.", "./ann", "ann%20", "%20ann", "ann%09", "ann%0d%0a", "ANN", "%41nn", "~ann", "*", "%25", "%", "%2", "{user}", "'", "\"", "--", new('x', 4000), "downlink", "data", "ann?q=ls&q=data", "ann?i1=0&downlink=true",
    ];

    /// <summary>Each kind of address; X is the trick.</summary>
    private static readonly string[] s_addresses =
    [
        "/X", "/X/metrics", "/metricsX", "/metrics/X", "/healthX", "/health/X", "/web/X", "/web/X/app.js", "/web/a/X", "/items/X", "/api/X", "/api/v1/X", "/api/v1X", "/api/v1/crud/X", "/api/v1/crudX", "/api/v1/crud/bob/X", "/api/v1/crud/bobX",
        "/api/v1/crud/bob/pi/X", "/api/v1/crud/bob/pi/s/X", "/api/v1/crud/bob/pi/s/data/X?i1=0", "/api/v1/crud/bob/pi/s/dataX", "/api/v1/crud/X/vault/treasure/data?i1=0", "/api/v1/crud/bob/pi/X/vault/treasure/data?i1=0",
        "/api/v1/feed/X/vault/treasure", "/api/v1/feed/bob/pi/X", "/api/v1/websocketX", "/api/v1/websocket/X", "/api/v1/sessions/X", "/api/v1/sessionsX", "/api/v1/meta/X", "/api/v1/query/X", "/api/v1/crud/bob?q=ls&after=X", "/api/v1/crud?q=find&name=X",
    ];

    private RunningServer _server = null!;

    public static TheoryData<string> Callers => ["nobody", "bob/user", "bob/pi"];

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync("--login-delay 0 --public-reading");
        await using ICdbClient owner = _server.As("me/user");
        await owner.CreateUserAsync(CdbPath.ForUser("ann"), User("vault", Secret), CancellationToken.None);
        await owner.CreateUserAsync(CdbPath.ForUser("bob"), User("pi", "s"), CancellationToken.None);
        using HttpClient vault = _server.Http(_server.KeyOf("ann/vault"));
        await vault.DoAsync(HttpMethod.Post, $"crud/ann/vault/{Secret}/data", $"\"{Secret}\"");

        static UserDefinition User(string device, string stream) => new()
        {
            Public = false,
            Devices = new Dictionary<string, DeviceDefinition> { [device] = new() { Streams = new Dictionary<string, StreamDefinition> { [stream] = new() { Description = stream, Nickname = stream } } } },
        };
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task An_address_that_pretends_to_be_another_leads_to_nobody_elses_data(string caller)
    {
        using HttpClient http = _server.Http(caller == "nobody" ? null : _server.KeyOf(caller));
        foreach (string address in s_addresses.SelectMany(address => s_tricks.Select(trick => address.Replace("X", trick, StringComparison.Ordinal))))
        {
            // HttpClient would resolve dots and escapes itself.
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(_server.Address.GetLeftPart(UriPartial.Authority) + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            using HttpResponseMessage answer = await http.SendAsync(request);
            string text = await answer.Content.ReadAsStringAsync();
            CheckAnswer(address, answer, text);
        }
    }

    private static void CheckAnswer(string address, HttpResponseMessage answer, string text)
    {
        int status = (int)answer.StatusCode;
        Assert.True(status < 500, $"{address}: {status} {text}");

        // An answer may repeat the address.
        Assert.True(status >= 400 || !text.Contains(Secret, StringComparison.Ordinal), $"{address}: {status} {text}");
        if (status == 400 && text.Length == 0)
        {
            // Not HTTP: Kestrel refuses it before anything else sees it.
            Assert.True(answer.Headers.ConnectionClose, address);
        }
        else if (status >= 400)
        {
            Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/json", $"{address}: {status} {text}");
            // Those of /items have the form of pollers.
            string[] members = [.. JsonDocument.Parse(text).RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() != "").Select(member => member.Name)];
            Assert.True(members.Contains("msg") || (members.Contains("error") && address.StartsWith("/items", StringComparison.Ordinal)), $"{address}: {status} {text}");
        }
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task A_path_in_a_body_that_pretends_to_be_another_leads_to_nobody_elses_data(string caller)
    {
        using HttpClient http = _server.Http(caller == "nobody" ? null : _server.KeyOf(caller));
        foreach (string path in s_tricks.Concat(s_tricks.Select(Uri.UnescapeDataString)).Distinct().SelectMany(trick => new[] { $"bob/pi/{trick}", $"{trick}/vault/{Secret}" }))
        {
            foreach ((string address, object body) in new (string, object)[]
            {
                ("query/merge", new[] { new { stream = path, i1 = 0 } }),
                ("query/ends", new[] { path }),
                ("query/chart", new[] { new { stream = path, columns = 1 } }),
                ("query/dataset", new { t1 = 0, t2 = 1, dt = 1, dataset = new { x = new { stream = path, interpolator = "closest" } } }),
                ("datapoints", new[] { new { stream = path, data = new[] { new { d = 1 } } } }),
            })
            {
                (HttpStatusCode status, string text) = await http.SendAsync(HttpMethod.Post, address, JsonSerializer.Serialize(body));
                bool isNothing = status == HttpStatusCode.OK && text == "[null]";
                Assert.True(isNothing || (int)status is >= 400 and < 500, $"{address} {path}: {(int)status} {text}");
                Assert.True(isNothing || JsonDocument.Parse(text).RootElement.GetProperty("msg").GetString() is { Length: > 0 }, text);
            }
        }
    }

    [Fact]
    public async Task A_path_of_a_subscription_that_pretends_to_be_another_is_refused()
    {
        using WebSocketTester socket = await WebSocketTester.OpenAsync(_server, _server.KeyOf("bob/pi"));
        foreach (string path in s_tricks.SelectMany(trick => new[] { $"bob/pi/{trick}", $"{trick}/vault/{Secret}" }))
        {
            await socket.RefusedAsync(JsonSerializer.Serialize(new { cmd = "subscribe", arg = path }));
        }
    }
}
