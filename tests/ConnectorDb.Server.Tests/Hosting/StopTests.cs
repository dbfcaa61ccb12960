using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Server.Tests.Attacks;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Hosting;

public sealed class StopTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_running_request_completes_before_the_server_stops_and_its_data_is_on_disk()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        const string Body = """[{"t": 1, "d": "late"}]""";
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using NetworkStream stream = connection.GetStream();
        string head = $"POST /api/v1/crud/me/user/s/data HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {RunningServer.Basic("", server.OwnerKey)}\r\nExpect: 100-continue\r\nContent-Length: {Body.Length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using StreamReader reader = new(stream);
        Assert.Contains("100 Continue", await reader.ReadLineAsync().WaitAsync(s_patience), StringComparison.Ordinal);

        Task stopping = server.StopAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Body));
        string answer = await reader.ReadToEndAsync().WaitAsync(s_patience);
        await stopping.WaitAsync(s_patience);

        Assert.Contains("200 OK", answer, StringComparison.Ordinal);
        await using ICdbClient store = EmbeddedClient.Open(new EmbeddedOptions { Path = server.StorePath, KeyFolder = server.KeyFolder });
        Assert.Equal("late", (await store.LastAsync(CdbPath.Parse("me/user/s"), CancellationToken.None))!.Data);
    }

    [Theory]
    [InlineData("Content-Length: 900\r\n", "", "POST /api/v1/crud/me/user/s/data")]
    [InlineData("Content-Length: 900\r\n", "[", "POST /api/v1/datapoints")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1\r\n[\r\n", "POST /api/v1/crud/me/user/s/data")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", "1\r\n\u001f\r\n", "POST /api/v1/crud/me/user/s/data")]
    [InlineData("Content-Length: 900\r\n", "m v=1", "POST /write?db=d")]
    public async Task An_upload_that_does_not_end_is_ended_by_the_stop_and_is_no_error_of_the_server(string length, string begin, string request)
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --stop-patience 1", log.AddTo);
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using NetworkStream stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: x\r\nAuthorization: {RunningServer.Basic("", server.OwnerKey)}\r\nExpect: 100-continue\r\n{length}\r\n"));
        using StreamReader reader = new(stream);
        Assert.Contains("100 Continue", await reader.ReadLineAsync().WaitAsync(s_patience), StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(begin));

        await server.StopAsync().WaitAsync(s_patience);

        string errors = string.Join('\n', log.Lines.Where(line => line.Contains(" Error ", StringComparison.Ordinal) || line.Contains(" failed with ", StringComparison.Ordinal)));
        Assert.True(errors.Length == 0, errors);
        Assert.Contains(log.Lines, line => line.StartsWith("ConnectorDb.Server.Logging.RequestLog", StringComparison.Ordinal) && !line.Contains(" 500 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_without_results_is_answered_with_503_and_the_server_stops_early()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --stop-patience 80000 --query-seconds 80000");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http);
        string body = JsonSerializer.Serialize(new[] { new { stream = "me/user/s", transform = EndlessQuery.Computing } });
        using TcpClient connection = new();
        await connection.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using NetworkStream stream = connection.GetStream();
        string head = $"POST /api/v1/query/merge HTTP/1.1\r\nHost: x\r\nAuthorization: {RunningServer.Basic("", server.OwnerKey)}\r\nExpect: 100-continue\r\nContent-Length: {body.Length}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using StreamReader reader = new(stream);
        Assert.Contains("100 Continue", await reader.ReadLineAsync().WaitAsync(s_patience), StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body));

        await server.StopAsync().WaitAsync(s_patience);

        string answer = await reader.ReadToEndAsync().WaitAsync(s_patience);
        Assert.Contains("503 Service Unavailable", answer, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"busy\"", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Runaways.Names), MemberType = typeof(Runaways))]
    public async Task The_process_obeys_SIGTERM_whatever_runs(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        (string schema, string path, string body) = Runaways.All[name];
        using TempFolder folder = new();
        using ServerProcess server = await ServerProcess.StartAsync(folder, ["--stop-patience", "1", .. Runaways.Settings]);
        HttpClient http = server.Http;
        http.BaseAddress = new Uri(http.BaseAddress!, "/api/v1/");
        await EndlessQuery.FillAsync(http);
        await http.DoAsync(HttpMethod.Post, "crud/me/user/checked", JsonSerializer.Serialize(new { schema }));
        Task<(HttpStatusCode, string)> runaway = http.SendAsync(HttpMethod.Post, path, body);
        for (int i = 0; i < 20; i++)
        {
            await http.DoAsync(HttpMethod.Get, "?q=this");
        }

        Assert.False(runaway.IsCompleted, runaway.IsCompletedSuccessfully ? $"{await runaway}" : "");
        Assert.Equal(0, await server.TerminateAsync().WaitAsync(s_patience));

        // A request that the server refuses would end early, too.
        await Task.WhenAny(runaway);
        if (runaway.IsCompletedSuccessfully)
        {
            (HttpStatusCode status, string answer) = await runaway;
            Assert.True(status == HttpStatusCode.ServiceUnavailable, answer);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(80_000)]
    public async Task A_download_ends_with_the_reason_and_the_server_stops_early(int patience)
    {
        await using RunningServer server = await RunningServer.StartAsync($"--login-delay 0 --stop-patience {patience} --query-seconds 80000");
        using HttpClient http = server.Http();
        await EndlessQuery.FillAsync(http);
        using HttpResponseMessage download = await EndlessQuery.BeginAsync(http);
        Task stopping = server.StopAsync();
        Assert.Contains("The server stops", await EndlessQuery.ReadBrokenAsync(download).WaitAsync(s_patience), StringComparison.Ordinal);
        await stopping.WaitAsync(s_patience);
    }
}
