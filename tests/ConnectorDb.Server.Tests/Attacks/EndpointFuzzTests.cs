using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;
using Xunit.Abstractions;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Random requests to every endpoint, as nobody, as a user, as a device and as an administrator at the same time.</summary>
/// <remarks>The same requests on every machine, unless <c>CONNECTORDB_FUZZ_SECONDS</c> or <c>CONNECTORDB_FUZZ_SEED</c> ask for others.</remarks>
public sealed class EndpointFuzzTests(ITestOutputHelper output)
{
    private const int RequestsOfCaller = 500;
    private const long MaxMemory = 512 << 20;

    [Fact]
    public async Task No_request_makes_the_server_fail_and_no_memory_stays()
    {
        string? seconds = Environment.GetEnvironmentVariable("CONNECTORDB_FUZZ_SECONDS");
        int seed = int.Parse(Environment.GetEnvironmentVariable("CONNECTORDB_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        using CancellationTokenSource end = new();
        if (seconds is not null)
        {
            end.CancelAfter(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        }

        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder, "--login-delay", "0", "--login-failures", "1000000000");
        Dictionary<string, string?> callers = await SetUpAsync(server);
        JsonElement description = JsonDocument.Parse(await server.Http.DoAsync(HttpMethod.Get, "/api/v1/openapi.json")).RootElement;
        Stopwatch watch = Stopwatch.StartNew();
        Dictionary<int, int>[] counts = await Task.WhenAll(callers.Select((caller, index) => Task.Run(() => FuzzAsync(server, caller.Value, new RandomRequest(description, (4 * seed) + index), seconds is null ? RequestsOfCaller : int.MaxValue, end.Token))));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{counts.Sum(count => count.Values.Sum())} requests in {watch.Elapsed.TotalSeconds:0} s; peak of memory {server.PeakMemory >> 20} MiB, at the end {server.Memory >> 20} MiB"));
        foreach ((string caller, Dictionary<int, int> count) in callers.Keys.Zip(counts))
        {
            output.WriteLine($"{caller}: {string.Join(", ", count.OrderBy(each => each.Key).Select(each => $"{each.Value} times {each.Key}"))}");
        }

        // Otherwise the fuzzer would only test refusals.
        Assert.All(counts.Skip(1), count => Assert.True(count[200] > count.Values.Sum() / 10, "Too few requests are right."));

        Assert.Equal("Healthy", await server.Http.DoAsync(HttpMethod.Get, "/health"));
        Assert.InRange(server.Memory, 0, MaxMemory);
    }

    /// <summary>A user with a device and streams that have datapoints, and the key of each caller.</summary>
    private static async Task<Dictionary<string, string?>> SetUpAsync(ServerProcess server)
    {
        HttpClient http = server.Http;
        await http.DoAsync(HttpMethod.Post, "/api/v1/crud/boss", """{"email": "boss@localhost", "password": "a long enough password", "role": "admin"}""");
        await http.DoAsync(HttpMethod.Post, "/api/v1/crud/ann", """{"email": "ann@localhost", "password": "a long enough password", "devices": {"pi": {"role": "writer", "streams": {"s": {}, "text": {}, "e": {"ephemeral": true}}}}}""");
        await http.DoAsync(HttpMethod.Post, "/api/v1/crud/pub", """{"email": "pub@localhost", "password": "a long enough password", "public": true, "devices": {"pi": {"public": true, "streams": {"s": {}}}}}""");
        string key = await KeyAsync(http, "ann/pi");
        using HttpRequestMessage insert = new(HttpMethod.Post, "/api/v1/datapoints");
        insert.Headers.Authorization = new("Bearer", key);
        string numbers = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"{{\"t\":{1_700_000_000 + i},\"d\":{i % 7}}}"));
        insert.Content = Answered.Json($"[{{\"stream\":\"ann/pi/s\",\"data\":[{numbers}]}},{{\"stream\":\"ann/pi/text\",\"data\":[{{\"t\":1700000005,\"d\":\"a\"}},{{\"t\":1700000050,\"d\":{{\"x\":[1]}}}}]}}]");
        using HttpResponseMessage inserted = await http.SendAsync(insert);
        Assert.Equal(HttpStatusCode.OK, inserted.StatusCode);
        return new()
        {
            ["nobody"] = null,
            ["user"] = await KeyAsync(http, "ann/user"),
            ["device"] = key,
            ["administrator"] = await KeyAsync(http, "boss/user"),
        };
    }

    private static async Task<string> KeyAsync(HttpClient http, string device)
        => JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, $"/api/v1/crud/{device}")).RootElement.GetProperty("apikey").GetString()!;

    private static async Task<Dictionary<int, int>> FuzzAsync(ServerProcess server, string? key, RandomRequest requests, int most, CancellationToken end)
    {
        using SocketsHttpHandler handler = new() { UseCookies = false, AllowAutoRedirect = false };
        using HttpClient http = new(handler) { BaseAddress = server.Http.BaseAddress, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new("Bearer", key);
        Dictionary<int, int> statuses = [];
        for (int count = 0; count < most && !end.IsCancellationRequested; count++)
        {
            using HttpRequestMessage request = requests.Next();
            string body = request.Content is null ? "" : Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync(CancellationToken.None));
            string text = RandomRequest.Text(request, body);
            using HttpResponseMessage answer = await SendAsync(http, request, text);
            statuses[(int)answer.StatusCode] = statuses.GetValueOrDefault((int)answer.StatusCode) + 1;
            Assert.True((int)answer.StatusCode < 500, $"{text}: {(int)answer.StatusCode} {server.Output}");
            Assert.False(server.Output.Contains("failed with 500", StringComparison.Ordinal), $"{text}: {server.Output}");
        }

        return statuses;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, string text)
    {
        try
        {
            HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            try
            {
                await answer.Content.CopyToAsync(Stream.Null);
            }
            catch (Exception error) when (error is HttpRequestException or IOException && answer.IsSuccessStatusCode)
            {
                // A result that fails after its first part is broken off.
            }

            return answer;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            throw new InvalidOperationException($"{text} was not answered: {error.Message}", error);
        }
    }
}
