using System.IO.Compression;
using System.Net;
using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Bodies that are packed, or that begin with a byte order mark.</summary>
public sealed class PackedBodyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Mark = "\uFEFF";

    [Theory]
    [InlineData("gzip", "[{\"t\": 1, \"d\": 5}]")]
    [InlineData("x-gzip", Mark + "[{\"t\": 1, \"d\": 5}]")]
    [InlineData("identity", "[{\"t\": 1, \"d\": 5}]")]
    [InlineData("", Mark + "[{\"t\": 1, \"d\": 5}]")]
    [InlineData("", Mark + "5")]
    public async Task Gzip_and_a_byte_order_mark_are_read(string encoding, string body)
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = fixture.Server.Http();
        byte[] bytes = encoding.Contains("gzip", StringComparison.Ordinal) ? Pack(Encoding.UTF8.GetBytes(body)) : Encoding.UTF8.GetBytes(body);
        Assert.Equal((HttpStatusCode.OK, "ok"), await PostAsync(http, $"{stream}/data", encoding, bytes));
        Assert.Contains("\"d\":5", await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_body_of_json_may_be_packed()
    {
        string stream = await fixture.AddStreamAsync();
        string path = stream["crud/".Length..];
        using HttpClient http = fixture.Server.Http();
        foreach (string mark in (string[])["", Mark])
        {
            string appended = $$"""{{mark}}[{"stream": "{{path}}", "data": [{"d": 1}]}]""";
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(http, "datapoints", "gzip", Pack(Encoding.UTF8.GetBytes(appended)))).Status);
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(http, "query/merge", "gzip", Pack(Encoding.UTF8.GetBytes($$"""{{mark}}[{"stream": "{{path}}"}]""")))).Status);
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(http, $"crud/me/{fixture.NewName("d")}", "gzip", Pack(Encoding.UTF8.GetBytes(mark + "{}")))).Status);
        }
    }

    /// <summary>Half of a number is a number.</summary>
    [Fact]
    public async Task Gzip_that_was_cut_or_has_more_after_its_end_is_refused_and_not_stored()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = fixture.Server.Http();
        byte[] whole = Pack("1234567.25"u8.ToArray());
        IEnumerable<byte[]> broken = [.. Enumerable.Range(1, whole.Length - 1).Select(cut => whole[..^cut]), [.. whole, 0], [.. whole, .. whole]];
        foreach (byte[] body in broken)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, $"{stream}/data", "gzip", body)).Status);
        }

        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, $"{stream}/data?i1=0"));
    }

    /// <summary>Four kilobytes that unpack to four megabytes, and forty of them.</summary>
    [Theory]
    [InlineData("datapoints")]
    [InlineData("query/merge")]
    [InlineData("crud/me/user/s/data")]
    [InlineData("/write?db=d")]
    public async Task The_unpacked_size_counts(string path)
    {
        using HttpClient http = fixture.Server.Http();
        byte[] bomb = Pack(Encoding.UTF8.GetBytes($"[{new string(' ', 200 << 20)}]"));
        (HttpStatusCode status, string text) = await PostAsync(http, path, "gzip", bomb);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal(path[0] != '/', text.Contains("--body-limit", StringComparison.Ordinal));
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "?q=this"));
    }

    [Fact]
    public async Task Unpacked_bodies_of_one_caller_count_together_and_wait_for_each_other()
    {
        await using RunningServer server = await RunningServer.StartAsync("--login-delay 0 --caller-bodies-limit 200000");
        using HttpClient http = server.Http();
        await http.DoAsync(HttpMethod.Post, "crud/me/user/s", "{}");
        byte[] body = Pack(Encoding.UTF8.GetBytes($"[{new string(' ', 300_000)}]"));
        (HttpStatusCode Status, string Text)[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync(http, "crud/me/user/s/data", "gzip", body)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task Other_encodings_and_damaged_gzip_are_named()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = fixture.Server.Http();
        byte[] plain = Encoding.UTF8.GetBytes("[{\"t\": 1, \"d\": 5}]");
        foreach (string encoding in (string[])["br", "deflate", "zstd", "gzip, gzip"])
        {
            (HttpStatusCode status, string text) = await PostAsync(http, $"{stream}/data", encoding, plain);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
            Assert.Contains($"'{encoding}'", text, StringComparison.Ordinal);
        }

        byte[] packed = Pack(plain);
        packed[12] ^= 0xFF;
        foreach (byte[] damaged in (byte[][])[plain, packed, [], Pack(plain)[..^12]])
        {
            (HttpStatusCode status, string text) = await PostAsync(http, $"{stream}/data", "gzip", damaged);
            Assert.True(status == HttpStatusCode.BadRequest, $"{status} {text}");
        }

        Assert.Contains("Content-Encoding", (await PostAsync(http, $"{stream}/data", "gzip", plain)).Text, StringComparison.Ordinal);
        Assert.Equal("0", await http.DoAsync(HttpMethod.Get, $"{stream}/data?q=length"));
        using HttpClient nobody = fixture.Server.Http(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(nobody, $"{stream}/data", "gzip", Pack(plain))).Status);
    }

    /// <summary>A body of lines that cannot be read has an answer of a few of them.</summary>
    [Fact]
    public async Task Millions_of_lines_that_cannot_be_read_have_a_short_answer()
    {
        using HttpClient http = fixture.Server.Http();
        (HttpStatusCode status, string text) = await PostAsync(http, "/write?db=d", "gzip", Pack(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x\n", 4_900_000)))));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("unable to parse 'x': missing fields", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 200_000);
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(HttpClient http, string path, string encoding, byte[] body)
    {
        using ByteArrayContent content = new(body);
        if (encoding.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        using HttpResponseMessage answer = await http.PostAsync(path, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static byte[] Pack(byte[] plain)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
