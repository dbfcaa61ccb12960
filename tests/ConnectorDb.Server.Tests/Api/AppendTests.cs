using System.Net;
using System.Text;
using System.Text.Json;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class AppendTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Mixed = """[{"t": 2, "d": 1}, {"t": 1, "d": 2}, {"t": 3, "d": 3}]""";

    [Fact]
    public async Task An_insert_stores_nothing_of_an_invalid_array_unless_the_client_prefers_lenient_handling()
    {
        string stream = await fixture.AddStreamAsync();
        using HttpResponseMessage strict = await SendAsync($"{stream}/data", Mixed, null);
        using HttpResponseMessage lenient = await SendAsync($"{stream}/data", Mixed, "respond-async, handling=lenient");

        Assert.Equal((HttpStatusCode.Conflict, false), (strict.StatusCode, strict.Headers.Contains("Preference-Applied")));
        Assert.Equal((HttpStatusCode.OK, "handling=lenient"), (lenient.StatusCode, Assert.Single(lenient.Headers.GetValues("Preference-Applied"))));
        JsonElement result = JsonDocument.Parse(await lenient.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(2, result.GetProperty("count").GetInt64());
        JsonElement rejected = Assert.Single(result.GetProperty("rejected").EnumerateArray());
        Assert.Equal((1, "time_order"), (rejected.GetProperty("index").GetInt32(), rejected.GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"data": []}]""")]
    [InlineData("""[{"stream": "me/user/x"}]""")]
    [InlineData("""[{"stream": "me/user/x", "data": [], "color": 1}]""")]
    [InlineData("""[{"stream": "me/user/x", "data": [{"t": 1}""")]
    public async Task Blocks_that_are_not_blocks_are_an_error_of_the_client(string body)
    {
        using HttpResponseMessage answer = await SendAsync("datapoints", body, null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string address, string body, string? preference)
    {
        using HttpClient http = fixture.Server.Http();
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (preference is not null)
        {
            request.Headers.Add("Prefer", preference);
        }

        return await http.SendAsync(request);
    }
}
