using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace ConnectorDb.Server.Tests.Api;

public sealed class DataTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Theory]
    [InlineData("21.5", "21.5")]
    [InlineData(" -3 ", "-3")]
    [InlineData("\"open\"", "\"open\"")]
    [InlineData("true", "true")]
    [InlineData("{\"d\": {\"x\": 1}}", "{\"x\":1}")]
    [InlineData("{\"T\": 5, \"D\": [1, 2]}", "[1,2]")]
    [InlineData("{\"d\": null}", "null")]
    public async Task An_insert_may_be_one_value_or_one_datapoint(string body, string expected)
    {
        using HttpClient http = fixture.Server.Http();
        foreach (HttpMethod method in new[] { HttpMethod.Post, HttpMethod.Put })
        {
            string stream = await fixture.AddStreamAsync();
            Assert.Equal("ok", await http.DoAsync(method, $"{stream}/data", body));
            Assert.Contains($"\"d\":{expected}}}]", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=last"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"x\": 1}", "{\"d\": {")]
    [InlineData("{}", "no member 'd'")]
    [InlineData("1 2", "not JSON")]
    [InlineData("open", "not JSON")]
    [InlineData("{\"d\": 1} {\"d\": 2}", "not JSON")]
    [InlineData("[1, 2]", "Datapoint 1 is a number")]
    public async Task A_body_that_is_neither_is_refused_with_the_form_that_is_right(string body, string expected)
    {
        using HttpClient http = fixture.Server.Http();
        string stream = await fixture.AddStreamAsync();
        Assert.Contains(expected, await http.RefusedAsync(HttpMethod.Post, $"{stream}/data", body, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Equal("0", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=length"));
    }

    [Fact]
    public async Task The_root_names_the_server_and_its_API()
    {
        using HttpClient http = fixture.Server.Http(null);
        JsonElement home = JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, "/")).RootElement;
        Assert.Equal("ConnectorDb", home.GetProperty("name").GetString());
        await http.DoAsync(HttpMethod.Get, home.GetProperty("description").GetString()!);
        await http.DoAsync(HttpMethod.Get, home.GetProperty("health").GetString()!);
    }

    [Fact]
    public async Task Datapoints_can_be_read_as_CSV()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1.5, "d": 2}, {"t": 2, "d": "a,\"b\""}, {"t": 3, "d": {"x": [1]}}, {"t": 4, "d": null}]""");
        http.DefaultRequestHeaders.Add("Accept", "text/csv");
        Assert.Equal(
            "t,d,o\r\n1.5,2,\r\n2,\"a,\"\"b\"\"\",\r\n3,\"{\"\"x\"\":[1]}\",\r\n4,,\r\n",
            await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=0"));
    }

    [Fact]
    public async Task An_insert_that_arrives_in_small_pieces_is_one_insert()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        string body = $"[{string.Join(',', Enumerable.Range(1, 1000).Select(i => $$"""{"t": {{i}}, "d": {"text": "ä{{i}}"} }"""))}]";
        using HttpResponseMessage answer = await http.PostAsync($"{stream}/data", new Pieces(Encoding.UTF8.GetBytes(body), 777));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""[{"t":1000,"d":{"text":"ä1000"}}]""", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=last"));
    }

    [Fact]
    public async Task A_client_that_disconnects_during_an_insert_stores_nothing_and_causes_no_server_error()
    {
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync(adapt: log.AddTo);
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        foreach (bool isReset in new[] { true, false })
        {
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(server.Address.Host, server.Address.Port);
            socket.Send(Encoding.ASCII.GetBytes(
                $"POST /api/v1/crud/me/user/s/data?apikey={server.OwnerKey} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"));
            Assert.True(socket.Receive(new byte[100]) > 0);
            socket.Send("[{\"t\":1,\"d\":1},"u8);
            socket.LingerState = new LingerOption(isReset, 0);
        }

        await server.StopAsync();
        Assert.Equal(0, await server.As("me/user").CountAsync(CdbPath.Parse("me/user/s"), CancellationToken.None));
        Assert.DoesNotContain(" Error ", log.Text);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_cut_off_at_the_limit_and_nothing_is_stored()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        string points = string.Join(',', Enumerable.Range(1, 400_000).Select(i => $$"""{"t": {{i}}, "d": "xxxxxxxx"}"""));
        try
        {
            using HttpResponseMessage answer = await http.PostAsync($"{stream}/data", new Pieces(Encoding.UTF8.GetBytes($"[{points}]"), 1 << 16));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The server has stopped reading while the client still sends.
        }

        Assert.Equal("0", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=length"));
    }

    [Theory]
    [InlineData("1/$")]
    [InlineData("{\"x\": $, \"y\": 1/$}")]
    [InlineData("if $ < 0 | $ * 2 | 1/($+2)")]
    public async Task Results_before_one_that_JSON_cannot_express_arrive_and_then_the_error(string transform)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        string points = string.Join(',', Enumerable.Range(1, 9000).Select(i => $$"""{"t": {{i}}, "d": {{i - 5000}} }"""));
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", $"[{points}]");
        string address = $"{stream}/data?transform={Uri.EscapeDataString(transform)}&i1=";
        foreach (int first in new[] { 0, 4000, 4990 })
        {
            string text = await BrokenAsync(http, $"{address}{first}");
            JsonElement[] elements = [.. JsonDocument.Parse($"{text}]").RootElement.EnumerateArray()];
            Assert.Equal(Enumerable.Range(first + 1, elements.Length - 1), elements[..^1].Select(element => element.GetProperty("t").GetInt32()));
            Assert.InRange(first + elements.Length - 1, 4998, 4999);
            Assert.Contains("JSON cannot hold the number", elements[^1].GetProperty("error").GetProperty("msg").GetString(), StringComparison.Ordinal);
        }

        Assert.Contains("JSON cannot hold", await http.GetAsync($"{address}{(transform.StartsWith("if", StringComparison.Ordinal) ? 4998 : 4999)}", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_before_one_that_a_number_in_CSV_cannot_express_arrive()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}, {"t": 2, "d": 2}, {"t": 3, "d": 0}, {"t": 4, "d": 4}]""");
        http.DefaultRequestHeaders.Add("Accept", "text/csv");
        Assert.Equal("t,d,o\r\n1,1.0,\r\n2,0.5,\r\n", await BrokenAsync(http, $"{stream}/data?i1=0&transform=1/$"));
    }

    [Fact]
    public async Task A_sum_beyond_the_range_of_doubles_is_returned()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1.7e308}, {"t": 2, "d": 1.7e308}]""");
        Assert.Equal("""{"count":2,"t1":1,"t2":2,"numbers":2,"min":1.7E+308,"max":1.7E+308,"sum":"Infinity"}""", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=summary"));
    }

    [Fact]
    public async Task Many_more_clients_than_threads_insert_at_once_and_nothing_is_lost()
    {
        const int Clients = 300;
        const int Inserts = 4;
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = _server.Http();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int i = 0; i < Inserts; i++)
            {
                await http.DoAsync(HttpMethod.Put, $"{stream}/data", """[{"d": 1}]""");
            }
        }));
        Assert.Equal($"{Clients * Inserts}", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=length"));
    }

    [Fact]
    public async Task The_error_for_an_invalid_datapoint_contains_index_and_reason()
    {
        string stream = await fixture.AddStreamAsync("""{"schema": "{\"type\": \"number\"}"}""");
        using HttpClient http = _server.Http();
        (_, string text) = await http.SendAsync(HttpMethod.Post, $"{stream}/data", """[{"t": 1, "d": 1}, {"t": 2, "d": "x"}]""");
        JsonElement error = JsonDocument.Parse(text).RootElement;
        Assert.Equal(1, error.GetProperty("index").GetInt32());
        Assert.NotEmpty(error.GetProperty("reason").GetString()!);
        Assert.StartsWith("At least one datapoint did not conform to the stream's schema", error.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_internal_error_is_500_and_reveals_no_secrets()
    {
        BrokenClock clock = new();
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0", builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            log.AddTo(builder);
        });
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        clock.IsBroken = true;
        (HttpStatusCode status, string text) = await http.SendAsync(HttpMethod.Post, "crud/me/user/s/data", """[{"d": 1}]""");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.DoesNotContain("broken spring", text, StringComparison.Ordinal);
        string reference = JsonDocument.Parse(text).RootElement.GetProperty("ref").GetString()!;
        Assert.Contains(log.Lines, line => line.Contains(reference, StringComparison.Ordinal) && line.Contains("broken spring", StringComparison.Ordinal));
    }

    private sealed class BrokenClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override DateTimeOffset GetUtcNow() => IsBroken ? throw new InvalidTimeZoneException("broken spring") : base.GetUtcNow();
    }

    /// <summary>The body of a response that breaks off.</summary>
    private static async Task<string> BrokenAsync(HttpClient http, string address)
    {
        using HttpResponseMessage answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using MemoryStream body = new();
        await using Stream content = await answer.Content.ReadAsStreamAsync();
        await Assert.ThrowsAnyAsync<IOException>(() => content.CopyToAsync(body));
        return Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>A body that is sent in pieces, without Content-Length.</summary>
    private sealed class Pieces(byte[] body, int size) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            foreach (byte[] piece in body.Chunk(size))
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
