using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Queries that InfluxDB 1.6.7 answered, over the data that it had.</summary>
public sealed class QueryVectorTests(QueryVectorTests.Recording recording) : IClassFixture<QueryVectorTests.Recording>
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Influx", "Vectors");

    public static TheoryData<string> Recorded => [.. File.ReadLines(Path.Combine(s_folder, "queries.jsonl"))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_query_is_answered_as_InfluxDB_answers_it(string recorded)
    {
        using JsonDocument vector = JsonDocument.Parse(recorded);
        JsonElement root = vector.RootElement;
        using HttpRequestMessage request = new(new HttpMethod(root.GetProperty("method").GetString()!), root.GetProperty("path").GetString());
        request.Content = root.TryGetProperty("body", out JsonElement body) ? new ByteArrayContent(Encoding.UTF8.GetBytes(body.GetString()!)) : null;
        foreach (JsonProperty header in root.TryGetProperty("headers", out JsonElement headers) ? [.. headers.EnumerateObject()] : Array.Empty<JsonProperty>())
        {
            (header.Name.StartsWith("Content-", StringComparison.Ordinal) ? (HttpHeaders)request.Content!.Headers : request.Headers).TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        using HttpResponseMessage answer = await recording.Http.SendAsync(request);

        byte[] expected = root.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetBytesFromBase64() : Encoding.UTF8.GetBytes(root.GetProperty("answer").GetString()!);
        Assert.Equal((root.GetProperty("status").GetInt32(), root.GetProperty("type").GetString()), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>A server with the data of the recording. InfluxDB kept its field <c>v</c> of <c>mixed</c> with several types; here its text is refused.</summary>
    public sealed class Recording : IAsyncLifetime
    {
        private RunningServer? _server;

        public HttpClient Http { get; private set; } = new();

        public async Task InitializeAsync()
        {
            _server = await RunningServer.StartAsync();
            Http = new HttpClient { BaseAddress = _server.Address };
            Http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", _server.OwnerKey);
            using HttpResponseMessage written = await Http.PostAsync("write?db=q", new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(s_folder, "dataset.lp"))));
            Assert.Contains("measurement \\\"mixed\\\" is type string", await written.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        public async Task DisposeAsync()
        {
            Http.Dispose();
            await _server!.DisposeAsync();
        }
    }
}
