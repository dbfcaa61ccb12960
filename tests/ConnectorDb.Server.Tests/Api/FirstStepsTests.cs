using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class FirstStepsTests
{
    [Fact]
    public async Task A_new_client_asks_its_identity_creates_a_stream_inserts_and_reads()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        Assert.Equal("me/user", await http.DoAsync(HttpMethod.Get, "?q=this"));
        Assert.Equal("0.3.0", await http.DoAsync(HttpMethod.Get, "meta/version"));

        await http.DoAsync(HttpMethod.Post, "crud/me/user/x", """{"schema": "{\"type\": \"number\"}"}""");
        Assert.Equal("ok", await http.DoAsync(HttpMethod.Post, "crud/me/user/x/data", """[{"t": 1, "d": 2}, {"t": 2.5, "d": 3.5}]"""));

        Assert.Equal("2", await http.DoAsync(HttpMethod.Get, "crud/me/user/x/data?q=length"));
        Assert.Equal("2", await http.DoAsync(HttpMethod.Get, "crud/me%2Fuser%2fx/data?q=length"));
        Assert.Equal("""[{"t":1,"d":2},{"t":2.5,"d":3.5}]""", await http.DoAsync(HttpMethod.Get, "crud/me/user/x/data?i1=0&i2=0"));
        Assert.Equal("""[{"t":2.5,"d":true}]""", await http.DoAsync(HttpMethod.Get, "crud/me/user/x/data?t1=1&transform=$%3E3"));
    }
}
