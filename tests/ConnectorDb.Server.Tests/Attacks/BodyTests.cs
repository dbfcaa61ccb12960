using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Large request bodies: by nobody, too many at once, and made of the parts that take the most memory.</summary>
public sealed partial class BodyTests
{
    private const int Large = 9_800_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Every_endpoint_answers_an_anonymous_request_without_reading_its_body()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        RouteEndpoint[] endpoints = [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
        Assert.NotEmpty(endpoints);
        foreach (RouteEndpoint endpoint in endpoints)
        {
            foreach (string method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"])
            {
                string path = Parameter().Replace(endpoint.RoutePattern.RawText!, "me");
                int status = await StatusWithoutBodyAsync(server, method, path.StartsWith('/') ? path : "/" + path);
                bool isOpen = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || method == "CONNECT";
                Assert.True(isOpen ? status is >= 200 and < 500 : status == 401, $"{method} {path}: {status}");
            }
        }
    }

    [Fact]
    public async Task Bodies_of_nobody_take_no_memory()
    {
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder);
        server.Http.DefaultRequestHeaders.Authorization = null;
        byte[] body = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("{\"\":{}}", Large / 8)) + "]");
        string[] paths = ["query/merge", "query/dataset", "query/ends", "datapoints", "crud/x", "crud/me/x", "crud/me/user/x", "crud/me/user/x/data", "login"];
        await AllAsync(server, "login", body[..100]);
        long before = server.PeakMemory;
        await Task.WhenAll(paths.Select(path => AllAsync(server, path, body)));
        Assert.InRange(server.PeakMemory - before, 0, 128 << 20);
    }

    [Fact]
    public async Task The_memory_of_large_bodies_is_given_back_although_the_server_is_idle()
    {
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder);
        server.Http.BaseAddress = new Uri(server.Http.BaseAddress!, "api/v1/");
        await server.Http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        await server.Http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", """[{"t": 1, "d": "x"}]""");
        long before = await HeapAsync();
        long most = 0;
        for (int t = 2; t < 10; t++)
        {
            await server.Http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $$"""[{"t": {{t}}, "d": "{{new string('x', Large)}}"}]""");
            most = Math.Max(most, await HeapAsync());
        }

        Assert.InRange(most - before, 3 * Large, long.MaxValue);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));
        using PeriodicTimer seconds = new(TimeSpan.FromSeconds(1));
        while (await HeapAsync() - before > 3 * Large)
        {
            await seconds.WaitForNextTickAsync(patience.Token);
        }

        async Task<long> HeapAsync() => long.Parse(Regex.Match(await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative)), @"(?m)^\S*process_heap_bytes (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("query/merge", "[", "[[[[[[[[", "")]
    [InlineData("query/merge", "[", "[],", "[]]")]
    [InlineData("query/merge", "[", "{\"stream\":\"a/b/c\"},", "{}]")]
    [InlineData("query/ends", "[", "\"a/b/c\",", "1]")]
    [InlineData("query/dataset", "{\"a\":[", "{\"\":1},", "1]}")]
    [InlineData("crud/me/many", "{\"a\":[", "{\"\":1},", "1]}")]
    [InlineData("datapoints", "[", "{\"stream\":\"a/b/c\",\"data\":[]},", "1]")]
    [InlineData("datapoints", "[{\"stream\":\"me/user/s\",\"data\":[", "{},", "{}]}]")]
    [InlineData("crud/me/user/s/data", "[", "{},", "{}]")]
    [InlineData("crud/me/user/s/data", "[{\"d\":[", "[],", "1]}]")]
    [InlineData("crud/me/user/s/data", "[{\"d\":[", "{\"\":1},", "1]}]")]
    [InlineData("crud/me/user/s/data", "[{\"d\":{", "\"a\":1,", "\"b\":1}}]")]
    [InlineData("crud/me/user/s/data", "{\"d\":[{", "\"a\":{},", "\"b\":1}]}")]
    [InlineData("datapoints", "[{\"stream\":\"me/user/s\",\"data\":[{\"d\":{", "\"a\":1,", "\"b\":1}}]}]")]
    public async Task A_body_of_the_smallest_parts_takes_a_few_times_its_size(string path, string start, string part, string end)
    {
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder);
        await server.Http.DoAsync(HttpMethod.Post, "/api/v1/crud/me/user/s", "{}");
        StringBuilder body = new(start);
        while (body.Length < Large)
        {
            body.Append(part);
        }

        long before = server.PeakMemory;
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(body.Append(end).ToString()));
        using HttpResponseMessage answer = await server.Http.PostAsync(new Uri("/api/v1/" + path, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.InRange(server.PeakMemory - before, 0, 20 * Large);
    }

    [Fact]
    public async Task Bodies_beyond_the_limits_wait_and_are_then_answered_with_the_time_to_wait()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync(
            "--login-delay 0 --caller-bodies-limit 1000 --bodies-limit 1500 --body-seconds 86400",
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi", """{"streams": {"s": {}}}""");
        await owner.DoAsync(HttpMethod.Post, "crud/bob", """{"email": "bob@example.org", "password": "a password of bob", "devices": {"pi": {"streams": {"s": {}}}}}""");
        using TcpClient held = await BeginInsertAsync(server, server.OwnerKey, 900);

        string body = $"[{{\"d\": 1}}{new string(' ', 800)}]";
        await AnswersAsync(owner, "crud/me/user/nowhere/data", HttpStatusCode.TooManyRequests, "--caller-bodies-limit");
        using HttpClient sameUser = server.Http(server.KeyOf("me/pi"));
        await AnswersAsync(sameUser, "crud/me/pi/s/data", HttpStatusCode.TooManyRequests, "--caller-bodies-limit");
        using HttpClient bob = server.Http(server.KeyOf("bob/pi"));
        await AnswersAsync(bob, "crud/bob/pi/s/data", HttpStatusCode.ServiceUnavailable, "--bodies-limit");
        await bob.DoAsync(HttpMethod.Post, "crud/bob/pi/s/data", """[{"d": 1}]""");

        Task<(HttpStatusCode Status, string Text)> waiting = bob.SendAsync(HttpMethod.Post, "crud/bob/pi/s/data", body);
        await held.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 898) + "[]"));
        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);

        async Task AnswersAsync(HttpClient http, string path, HttpStatusCode expected, string setting)
        {
            using StringContent content = Answered.Json(body);
            Task<HttpResponseMessage> asking = http.PostAsync(path, content);
            using CancellationTokenSource patience = new(s_patience);
            while (!asking.IsCompleted && !patience.IsCancellationRequested)
            {
                clock.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Yield();
            }

            using HttpResponseMessage answer = await asking;
            Assert.Equal(expected, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
            Assert.Contains(setting, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Content-Length: 900\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1\r\n[\r\n")]
    public async Task A_body_that_arrives_too_slowly_is_refused_and_gives_its_room_back(string length, string begin)
    {
        FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(40));
        await using RunningServer server = await RunningServer.StartAsync(
            "--login-delay 0 --caller-bodies-limit 1000 --body-seconds 120",
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using TcpClient held = await BeginAsync(server, server.OwnerKey, length);
        await held.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begin));

        using StreamReader answer = new(held.GetStream(), Encoding.ASCII);
        Task<string?> line = answer.ReadLineAsync();
        using CancellationTokenSource patience = new(s_patience);
        while (!line.IsCompleted && !patience.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("HTTP/1.1 408 Request Timeout", await line);
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s/data", $"[{{\"d\": 1}}{new string(' ', 900)}]");
    }

    [Fact]
    public async Task An_upload_that_its_client_stops_is_no_error_of_the_server()
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync(adapt: log.AddTo);
        foreach (string length in (string[])["Content-Length: 900\r\n", "Transfer-Encoding: chunked\r\n"])
        {
            foreach (bool resets in (bool[])[false, true])
            {
                int before = Finished();
                using (TcpClient client = await BeginAsync(server, server.OwnerKey, length))
                {
                    client.LingerState = new LingerOption(resets, 0);
                }

                using CancellationTokenSource patience = new(s_patience);
                while (Finished() == before)
                {
                    patience.Token.ThrowIfCancellationRequested();
                    await Task.Yield();
                }
            }
        }

        Assert.DoesNotContain(log.Lines, line => line.Contains(" Error ", StringComparison.Ordinal) || line.Contains(" failed with ", StringComparison.Ordinal));

        int Finished() => log.Lines.Count(line => line.StartsWith("ConnectorDb.Server.Logging.RequestLog", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_for_a_limit_of_the_server_is_one_line_of_its_log()
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --socket-limit 0", log.AddTo);
        await Assert.ThrowsAnyAsync<Exception>(() => WebSocketTester.OpenAsync(server));
        string line = Assert.Single(log.Lines, line => line.Contains("was refused with 503", StringComparison.Ordinal));
        Assert.Contains(" Warning ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_uploads_of_several_users_leave_room_for_small_bodies()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --caller-bodies-limit 4000 --bodies-limit 4000");
        using HttpClient owner = server.Http();
        await owner.DoAsync(HttpMethod.Post, "crud/me/pi", """{"streams": {"s": {}}}""");
        await owner.DoAsync(HttpMethod.Post, "crud/bob", """{"email": "bob@example.org", "password": "a password of bob", "devices": {"pi": {"streams": {"s": {}}}}}""");
        using TcpClient held = await BeginInsertAsync(server, server.OwnerKey, 4000);
        using HttpClient bob = server.Http(server.KeyOf("bob/pi"));
        await bob.DoAsync(HttpMethod.Post, "crud/bob/pi/s/data", """[{"d": 1}]""");
    }

    [Theory]
    [InlineData("--caller-bodies-limit")]
    [InlineData("--bodies-limit")]
    public async Task Bodies_of_unknown_length_count_as_they_arrive_and_wait_for_each_other(string limit)
    {
        await using RunningServer server = await RunningServer.StartAsync($"--login-delay 0 {limit} 200000");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        using (TcpClient held = await BeginInsertAsync(server, server.OwnerKey, 100_000))
        {
            await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
            {
                using HttpRequestMessage request = new(HttpMethod.Put, "crud/me/user/s/data") { Content = Answered.Json($"[{{\"d\": 1}}{new string(' ', 400_000)}]") };
                request.Headers.TransferEncodingChunked = true;
                using HttpResponseMessage answer = await http.SendAsync(request);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }));

            // The one that was held ends as usual.
            await held.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 99_998) + "[]"));
            using StreamReader end = new(held.GetStream(), Encoding.ASCII);
            Assert.Equal("HTTP/1.1 404 Not Found", await end.ReadLineAsync().WaitAsync(s_patience));
        }

        // A client has its answer before its request ends.
        BodyAdmission admission = server.Services.GetRequiredService<BodyAdmission>();
        await server.StopAsync();
        Assert.Equal(0, admission.Bytes);
    }

    /// <summary>Announces a large body, sends nothing of it, and returns the status.</summary>
    private static async Task<int> StatusWithoutBodyAsync(RunningServer server, string method, string path)
    {
        using TcpClient client = await ConnectAsync(server, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Large}\r\n\r\n");
        using StreamReader answer = new(client.GetStream(), Encoding.ASCII);
        string line = await answer.ReadLineAsync().WaitAsync(s_patience) ?? throw new EndOfStreamException($"{method} {path} was not answered.");
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Begins an insert whose body does not arrive, and waits until the server has admitted it.</summary>
    private static Task<TcpClient> BeginInsertAsync(RunningServer server, string key, int bytes) => BeginAsync(server, key, $"Content-Length: {bytes}\r\n");

    private static async Task<TcpClient> BeginAsync(RunningServer server, string key, string length)
    {
        TcpClient client = await ConnectAsync(server, $"POST /api/v1/crud/me/pi/s/data HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nExpect: 100-continue\r\n{length}\r\n");

        // The server sends this line when the endpoint begins to read the body.
        byte[] line = new byte[25];
        await client.GetStream().ReadExactlyAsync(line).AsTask().WaitAsync(s_patience);
        Assert.StartsWith("HTTP/1.1 100", Encoding.ASCII.GetString(line), StringComparison.Ordinal);
        return client;
    }

    private static async Task<TcpClient> ConnectAsync(RunningServer server, string head)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        return client;
    }

    private static async Task AllAsync(ServerProcess server, string path, byte[] body)
        => await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using ByteArrayContent content = new(body);
            using HttpResponseMessage answer = await server.Http.PostAsync(new Uri("/api/v1/" + path, UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
