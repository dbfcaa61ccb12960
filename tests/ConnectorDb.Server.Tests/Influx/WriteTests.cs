using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Influx;

/// <summary>Points written as to InfluxDB.</summary>
public sealed class WriteTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>Requests, with the answers of InfluxDB 1.6.7.</summary>
    public static TheoryData<string> Recorded => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Influx", "Vectors", "requests.jsonl"))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_request_is_answered_as_InfluxDB_answers_it(string recorded)
    {
        using JsonDocument vector = JsonDocument.Parse(recorded);
        JsonElement root = vector.RootElement;
        using HttpClient http = Http(root.GetProperty("server").GetString() == "open" ? fixture.Server.OwnerKey : null);
        string path = root.GetProperty("path").GetString()!.Replace("db=w", $"db={root.GetProperty("id").GetString()}", StringComparison.Ordinal);
        foreach (JsonElement before in root.TryGetProperty("before", out JsonElement all) ? [.. all.EnumerateArray()] : Array.Empty<JsonElement>())
        {
            Assert.Equal((204, ""), await WriteAsync(http, path, before.GetString()!));
        }

        using HttpRequestMessage request = new(new HttpMethod(root.GetProperty("method").GetString()!), path);
        request.Content = new ByteArrayContent(root.TryGetProperty("base64", out JsonElement packed) ? packed.GetBytesFromBase64() : Encoding.UTF8.GetBytes(root.TryGetProperty("body", out JsonElement body) ? body.GetString()! : ""));
        foreach (JsonProperty header in root.GetProperty("headers").EnumerateObject())
        {
            (header.Name.StartsWith("Content-", StringComparison.Ordinal) ? (HttpHeaders)request.Content.Headers : request.Headers).TryAddWithoutValidation(header.Name, header.Value.GetString());
        }

        using HttpResponseMessage answer = await http.SendAsync(request);

        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((root.GetProperty("status").GetInt32(), root.TryGetProperty("error", out JsonElement error) ? error.GetString() : null), ((int)answer.StatusCode, ErrorIn(text)));
    }

    [Fact]
    public async Task A_field_of_a_series_is_a_stream_with_labels()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        Assert.Equal((204, ""), await WriteAsync(http, "write?db=labels&precision=s", "weather\\ station,room=big\\ office,host=a temp=21.5,open=t,note=\"ok\" 1596240000\nplain level=3i 1596240000"));

        CdbStream[] streams = await StreamsAsync("labels");
        Assert.Equal(
            ["level", "note", "open", "temp"],
            streams.Select(stream => stream.Labels["_field"]).Order(StringComparer.Ordinal));
        CdbStream temperature = streams.Single(stream => stream.Labels["_field"] == "temp");
        Assert.Equal(new LabelSet([new("_db", "labels"), new("_measurement", "weather station"), new("_field", "temp"), new("room", "big office"), new("host", "a")]), temperature.Labels);
        Assert.StartsWith("weather_station_te-", temperature.Name, StringComparison.Ordinal);
        Assert.Equal("plain_level", streams.Single(stream => stream.Labels["_field"] == "level").Name);
        Assert.Equal(["1596240000 21.5"], await PointsAsync("labels", "temp"));
        Assert.Equal(["1596240000 true"], await PointsAsync("labels", "open"));
        Assert.Equal(["1596240000 \"ok\""], await PointsAsync("labels", "note"));
        Assert.Equal(["1596240000 3"], await PointsAsync("labels", "level"));
    }

    /// <summary>As a client with a buffer does: a new batch, the old ones that could not be sent, and one that was sent before.</summary>
    [Fact]
    public async Task Old_batches_after_new_ones_are_in_order_and_repeats_double_nothing()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        int[][] batches = [[50, 60, 55], [10, 20, 30], [50, 60, 55], [15, 10, 70], [15, 10, 70]];
        foreach (int[] batch in batches)
        {
            Assert.Equal((204, ""), await WriteAsync(http, "write?db=late&precision=s", string.Join('\n', batch.Select(t => $"m,k=a v={t} {t}"))));
        }

        Assert.Equal((204, ""), await WriteAsync(http, "write?db=late&precision=s", "m,k=a v=-1 20"));

        Assert.Equal(["10 10.0", "15 15.0", "20 -1.0", "30 30.0", "50 50.0", "55 55.0", "60 60.0", "70 70.0"], await PointsAsync("late", "v"));
    }

    [Fact]
    public async Task The_kind_of_a_field_belongs_to_its_measurement()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        Assert.Equal((204, ""), await WriteAsync(http, "write?db=kind", "m,k=a v=1 1000\nm,k=a v=2i 2000"));

        (int Status, string? Error) sameSeries = await WriteAsync(http, "write?db=kind", "m,k=a v=\"text\",w=5 3000\nm,k=a v=3 4000\nn v=\"text\" 1000");
        (int Status, string? Error) otherSeries = await WriteAsync(http, "write?db=kind", "m,k=b v=t 3000");

        const string conflict = "partial write: field type conflict: input field \"v\" on measurement \"m\" is type {0}, already exists as type float dropped=1";
        Assert.Equal((400, conflict.Replace("{0}", "string", StringComparison.Ordinal)), sameSeries);
        Assert.Equal((400, conflict.Replace("{0}", "boolean", StringComparison.Ordinal)), otherSeries);
        Assert.Equal(["1E-06 1.0", "2E-06 2.0", "4E-06 3.0"], await PointsAsync("kind", "v", "m"));
        Assert.Equal(["1E-06 \"text\""], await PointsAsync("kind", "v", "n"));
        Assert.Empty(await PointsAsync("kind", "w"));
    }

    [Fact]
    public async Task Version_2_has_its_own_credentials_precisions_and_errors()
    {
        string key = await fixture.AddUserAsync(fixture.NewName("u"));
        using HttpClient http = new() { BaseAddress = fixture.Server.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {key}");

        Assert.Equal((204, ""), await WriteAsync(http, "api/v2/write?org=o&bucket=two/autogen&precision=ms", "m v=1 1596240000000"));
        Assert.Equal((400, "unable to parse 'bad': missing fields"), await WriteAsync(http, "api/v2/write?org=o&bucket=two", "bad"));
        Assert.Equal((404, "bucket \"two/nope\" not found"), await WriteAsync(http, "api/v2/write?org=o&bucket=two/nope", "m v=1"));
        Assert.Equal((400, "writing requires points"), await WriteAsync(http, "api/v2/write?org=o&bucket=two", ""));
        Assert.Equal((400, "invalid precision; valid precision units are ns, us, ms, and s"), await WriteAsync(http, "api/v2/write?org=o&bucket=two&precision=h", "m v=1"));
        Assert.Equal(
            (422, "failure writing points to database: partial write: field type conflict: input field \"v\" on measurement \"m\" is type string, already exists as type float dropped=1"),
            await WriteAsync(http, "api/v2/write?org=o&bucket=two", "m v=\"text\""));
        http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal((401, "unauthorized access"), await WriteAsync(http, "api/v2/write?org=o&bucket=two", "m v=1"));
    }

    [Fact]
    public async Task Credentials_are_taken_where_clients_of_InfluxDB_put_them()
    {
        string user = fixture.NewName("u");
        string key = await fixture.AddUserAsync(user, "a long passphrase of mine");
        using HttpClient http = new() { BaseAddress = fixture.Server.Address };

        Assert.Equal((204, ""), await WriteAsync(http, $"write?db=c&u={user}&p=a%20long%20passphrase%20of%20mine", "m v=1"));
        Assert.Equal((204, ""), await WriteAsync(http, $"write?db=c&u={user}&p={key}", "m v=1"));
        Assert.Equal((204, ""), await WriteAsync(http, $"write?db=c&p={key}", "m v=1"));
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic(user, "a long passphrase of mine");
        Assert.Equal((204, ""), await WriteAsync(http, "write?db=c", "m v=1"));
        http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {user}:a long passphrase of mine");
        Assert.Equal((204, ""), await WriteAsync(http, "write?db=c", "m v=1"));
    }

    [Fact]
    public async Task A_deleted_stream_is_made_again()
    {
        using HttpClient http = Http(fixture.Server.OwnerKey);
        Assert.Equal((204, ""), await WriteAsync(http, "write?db=deleted", "m,k=a v=1 1000"));
        await using ICdbClient owner = fixture.Server.As("me/user");
        await owner.DeleteAsync((await StreamsAsync("deleted"))[0].GetPath(), CancellationToken.None);

        Assert.Equal((204, ""), await WriteAsync(http, "write?db=deleted", "m,k=a v=2 2000"));

        Assert.Equal(["2E-06 2.0"], await PointsAsync("deleted", "v"));
    }

    [Fact]
    public async Task Distinct_tag_values_end_at_the_limit_of_streams_and_series_that_exist_go_on()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --stream-limit 10");
        using HttpClient http = new() { BaseAddress = server.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Token {server.OwnerKey}");
        Assert.Equal((204, ""), await WriteAsync(http, "write?db=w", "m,k=a v=1 1000"));

        (int Status, string? Error) answer = await WriteAsync(http, "write?db=w", $"m,k=a v=2 2000\n{string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"m,k={i} v=1 2000"))}");

        Assert.Equal((400, "partial write: max-series-per-database limit exceeded: (10) dropped=1000"), answer);
        Assert.Equal((204, ""), await WriteAsync(http, "write?db=w", "m,k=a v=3 3000"));
        await using ICdbClient owner = server.As("me/user");
        CdbStream stream = Assert.Single(await owner.FindStreamsAsync([new LabelPattern("_db", "w")], CancellationToken.None).ToArrayAsync());
        Assert.Equal(3, await owner.CountAsync(stream.GetPath(), CancellationToken.None));
    }

    [Fact]
    public async Task Too_many_failed_logins_are_503_for_clients_that_drop_what_is_429()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --login-failures 1");
        using HttpClient http = new() { BaseAddress = server.Address };
        await WriteAsync(http, "write?db=w&u=me&p=wrong", "m v=1");

        using HttpResponseMessage answer = await http.PostAsync("write?db=w&u=me&p=wrong", new StringContent("m v=1"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_packed_body_that_is_larger_than_the_limit_is_too_large()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] blanks = new byte[1 << 20];
            Array.Fill(blanks, (byte)'\n');
            for (int i = 0; i < 20; i++)
            {
                gzip.Write(blanks);
            }
        }

        using HttpClient http = Http(fixture.Server.OwnerKey);
        using ByteArrayContent content = new(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage answer = await http.PostAsync("write?db=w", content);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "Request Entity Too Large"), (answer.StatusCode, ErrorIn(await answer.Content.ReadAsStringAsync())));
    }

    private HttpClient Http(string? key)
    {
        HttpClient http = new() { BaseAddress = fixture.Server.Address };
        http.DefaultRequestHeaders.Authorization = key is null ? null : RunningServer.Basic("", key);
        return http;
    }

    private static async Task<(int Status, string? Error)> WriteAsync(HttpClient http, string path, string body)
    {
        using HttpResponseMessage answer = await http.PostAsync(path, new StringContent(body));
        string text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? "" : ErrorIn(text));
    }

    private static string? ErrorIn(string text)
    {
        if (!text.StartsWith('{'))
        {
            return null;
        }

        using JsonDocument body = JsonDocument.Parse(text);
        return body.RootElement.TryGetProperty("error", out JsonElement error) || body.RootElement.TryGetProperty("message", out error) ? error.GetString() : null;
    }

    private async Task<CdbStream[]> StreamsAsync(string database)
    {
        await using ICdbClient owner = fixture.Server.As("me/user");
        return await owner.FindStreamsAsync([new LabelPattern("_db", database)], CancellationToken.None).ToArrayAsync();
    }

    private async Task<string[]> PointsAsync(string database, string field, string? measurement = null)
    {
        List<string> points = [];
        await using ICdbClient owner = fixture.Server.As("me/user");
        foreach (CdbStream stream in (await StreamsAsync(database)).Where(stream => stream.Labels["_field"] == field && (measurement is null || stream.Labels["_measurement"] == measurement)))
        {
            points.AddRange((await Some.Points(owner.ReadAsync(new DataQuery(stream.GetPath()), CancellationToken.None))).Select(point => FormattableString.Invariant($"{point.T} {point.GetValue().ToJson()}")));
        }

        return [.. points];
    }
}
