using System.Net;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Attacks;

public sealed class InfluxQueryTests
{
    /// <summary>Each operator is a level of the expression, and 30,000 levels overflow the stack, which ends the process.</summary>
    [Theory]
    [InlineData("SELECT v", "+v", " FROM m")]
    [InlineData("SELECT v FROM m WHERE a = 'x'", " AND a = 'x'", "")]
    [InlineData("SELECT v FROM m WHERE a = 'x'", " OR a = 'x'", "")]
    public async Task A_long_chain_of_operators_is_refused(string start, string part, string end)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using HttpClient http = server.Http();
        using HttpResponseMessage written = await http.PostAsync("/write?db=d", new StringContent("m,a=x v=1 1\n"));
        Assert.Equal(HttpStatusCode.NoContent, written.StatusCode);

        using FormUrlEncodedContent query = new([KeyValuePair.Create("q", $"{start}{string.Concat(Enumerable.Repeat(part, 40_000))}{end}")]);
        using HttpResponseMessage refused = await http.PostAsync("/query?db=d", query);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("1000 operators", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using FormUrlEncodedContent shorter = new([KeyValuePair.Create("q", $"{start}{string.Concat(Enumerable.Repeat(part, 400))}{end}")]);
        using HttpResponseMessage answered = await http.PostAsync("/query?db=d", shorter);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }
}
