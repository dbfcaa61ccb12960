using System.Net;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

public sealed class StreamSearchTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await using ICdbClient owner = _server.As("me/user");
        foreach (string user in new[] { "ann", "bob" })
        {
            await owner.CreateUserAsync(CdbPath.ForUser(user), new UserDefinition(), CancellationToken.None);
            await owner.CreateDeviceAsync(CdbPath.ForDevice(user, "pi"), new DeviceDefinition(), CancellationToken.None);
            await owner.CreateStreamAsync(CdbPath.Parse($"{user}/pi/temperature"), new StreamDefinition { Nickname = "Wärme" }, CancellationToken.None);
            await owner.CreateStreamAsync(CdbPath.Parse($"{user}/user/mood"), new StreamDefinition(), CancellationToken.None);
        }
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("me/user", "TEMP", "ann/pi/temperature bob/pi/temperature")]
    [InlineData("me/user", "wärme", "ann/pi/temperature bob/pi/temperature")]
    [InlineData("me/user", "temp&limit=1", "ann/pi/temperature")]
    [InlineData("me/user", "temp&after=ann/pi/temperature", "bob/pi/temperature")]
    [InlineData("ann/user", "m", "ann/meta/log ann/pi/temperature ann/user/mood")]
    [InlineData("ann/pi", "m", "ann/pi/temperature")]
    public async Task Streams_are_found_by_a_part_of_their_path_or_nickname_where_the_caller_may_see_them(string caller, string name, string expected)
    {
        using HttpClient http = _server.Http(_server.KeyOf(caller));
        JsonElement found = JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, $"crud?q=find&name={name}")).RootElement;
        Assert.Equal(expected, string.Join(' ', found.EnumerateArray().Select(stream => stream.GetProperty("path").GetString())));
    }

    [Fact]
    public async Task A_search_without_a_text_is_refused()
    {
        using HttpClient http = _server.Http();
        Assert.Contains("find", await http.GetAsync("crud?q=find", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }
}
