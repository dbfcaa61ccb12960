using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>A server with the databases and points of the recording. InfluxDB kept its field <c>v</c> of <c>mixed</c> with several types; here its text is refused.</summary>
public sealed class Recording : IAsyncLifetime
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Influx", "Vectors");

    private RunningServer? _server;

    private HttpClient Http { get; set; } = new();

    public static IEnumerable<string> ReadLines(string file) => File.ReadLines(Path.Combine(s_folder, file));

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        Http = new HttpClient { BaseAddress = _server.Address };
        Http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", _server.OwnerKey);
        using FormUrlEncodedContent statements = new([KeyValuePair.Create("q", "CREATE DATABASE q; CREATE DATABASE empty; CREATE RETENTION POLICY \"long\" ON \"q\" DURATION INF REPLICATION 1 SHARD DURATION 52w")]);
        using HttpResponseMessage created = await Http.PostAsync("query", statements);
        Assert.DoesNotContain("error", await created.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("measurement \\\"mixed\\\" is type string", await WriteAsync("write?db=q", "dataset.lp"), StringComparison.Ordinal);
        Assert.Equal("", await WriteAsync("write?db=q&rp=long", "dataset_long.lp"));
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _server!.DisposeAsync();
    }

    /// <summary>Sends the request of a line, and compares the answer.</summary>
    public async Task CheckAsync(string recorded)
    {
        using JsonDocument vector = JsonDocument.Parse(recorded);
        JsonElement root = vector.RootElement;
        using HttpRequestMessage request = new(new HttpMethod(root.GetProperty("method").GetString()!), root.GetProperty("path").GetString());
        request.Content = root.TryGetProperty("body", out JsonElement body) ? new ByteArrayContent(Encoding.UTF8.GetBytes(body.GetString()!)) : null;
        foreach (JsonProperty header in root.TryGetProperty("headers", out JsonElement headers) ? [.. headers.EnumerateObject()] : Array.Empty<JsonProperty>())
        {
            (header.Name.StartsWith("Content-", StringComparison.Ordinal) ? (HttpHeaders)request.Content!.Headers : request.Headers).TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        using HttpResponseMessage answer = await Http.SendAsync(request);

        byte[] expected = root.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetBytesFromBase64() : Encoding.UTF8.GetBytes(root.GetProperty("answer").GetString()!);
        Assert.Equal((root.GetProperty("status").GetInt32(), root.GetProperty("type").GetString()), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }

    private async Task<string> WriteAsync(string path, string file)
    {
        using HttpResponseMessage written = await Http.PostAsync(path, new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(s_folder, file))));
        return await written.Content.ReadAsStringAsync();
    }
}
