using System.Net;
using System.Xml.Linq;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class FeedTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly XNamespace s_atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task A_feed_contains_the_newest_500_datapoints_with_index_and_author()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpClient http = fixture.Server.Http();
        await http.DoAsync(HttpMethod.Post, $"{stream}/data", $"[{string.Join(',', Enumerable.Range(1, 502).Select(i => $$"""{"t": {{i}}, "d": "<{{i}}>"}"""))}]");

        XElement feed = XElement.Parse(await http.DoAsync(HttpMethod.Get, $"{stream.Replace("crud/", "feed/", StringComparison.Ordinal)}.atom"));
        List<XElement> entries = [.. feed.Elements(s_atom + "entry")];
        Assert.Equal(500, entries.Count);
        Assert.Equal("Datapoint 3", entries[0].Element(s_atom + "title")!.Value);
        Assert.Equal("\"<3>\"", entries[0].Element(s_atom + "content")!.Value);
        Assert.Equal("me/user", entries[0].Element(s_atom + "author")!.Element(s_atom + "name")!.Value);
        Assert.Equal("""[{"t":3,"d":"<3>"}]""", await http.DoAsync(HttpMethod.Get, entries[0].Element(s_atom + "link")!.Attribute("href")!.Value));
        await http.GetAsync("feed/me/user/none.atom", HttpStatusCode.NotFound);
    }
}
