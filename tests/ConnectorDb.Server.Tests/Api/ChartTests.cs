using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class ChartTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_chart_of_a_thousand_columns_takes_at_most_15_KB()
    {
        using HttpClient http = fixture.Server.Http();
        string address = await FillAsync(http, 60_000);
        using HttpResponseMessage compressed = await GetAsync(http, address, "gzip");
        byte[] bytes = await compressed.Content.ReadAsByteArrayAsync();
        Assert.Equal("gzip", Assert.Single(compressed.Content.Headers.ContentEncoding));
        Assert.InRange(bytes.Length, 1, 15_000);

        using HttpResponseMessage plain = await GetAsync(http, address, "gzip;q=0, identity");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        using GZipStream gzip = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using StreamReader reader = new(gzip, Encoding.UTF8);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_chart_that_the_client_has_is_answered_with_304_until_it_changes()
    {
        using HttpClient http = fixture.Server.Http();
        string address = await FillAsync(http, 50);
        using HttpResponseMessage first = await GetAsync(http, address);
        using HttpResponseMessage same = await GetAsync(http, address, tag: first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, ""), (same.StatusCode, await same.Content.ReadAsStringAsync()));
        await http.DoAsync(HttpMethod.Post, address.Split('?')[0], "7");
        using HttpResponseMessage changed = await GetAsync(http, address, tag: first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task What_may_contain_a_key_is_not_compressed()
    {
        using HttpClient http = fixture.Server.Http();
        using HttpResponseMessage device = await GetAsync(http, "crud/me/user", "gzip");
        Assert.Empty(device.Content.Headers.ContentEncoding);
    }

    private async Task<string> FillAsync(HttpClient http, int count)
    {
        string stream = await fixture.AddStreamAsync();
        Random random = new(1);
        IEnumerable<string> points = Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{{\"t\":{1.6e9 + (60 * i) + Math.Round(random.NextDouble(), 3):F3},\"d\":{Math.Round(20 + (5 * Math.Sin(i / 500.0)) + random.NextDouble(), 2)}}}"));
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", $"[{string.Join(',', points)}]");
        return $"{stream}/data?q=chart&columns=1000";
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string address, string accepted = "", EntityTagHeaderValue? tag = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        return await http.SendAsync(request);
    }
}
