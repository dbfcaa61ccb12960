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
            await owner.CreateStreamAsync(CdbPath.Parse($"{user}/pi/temperature"), new StreamDefinition { Nickname = "Wärme", Labels = LabelSet.Parse("room=office") }, CancellationToken.None);
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
    [InlineData("me/user", "temp&label=room=off*", "ann/pi/temperature bob/pi/temperature")]
    [InlineData("me/user", "&label=ROOM=office&after=ann/pi/temperature", "bob/pi/temperature")]
    [InlineData("ann/user", "&label=room=*", "ann/pi/temperature")]
    [InlineData("ann/pi", "&label=room=kitchen", "")]
    public async Task Streams_are_found_by_a_part_of_their_path_or_nickname_and_by_labels_where_the_caller_may_see_them(string caller, string name, string expected)
    {
        using HttpClient http = _server.Http(_server.KeyOf(caller));
        JsonElement found = JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, $"crud?q=find&name={name}")).RootElement;
        Assert.Equal(expected, string.Join(' ', found.EnumerateArray().Select(stream => stream.GetProperty("path").GetString())));
    }

    /// <summary>The streams are more than the server reads at a time.</summary>
    [Fact]
    public async Task Pages_of_many_streams_follow_each_other_without_gaps()
    {
        using HttpClient http = _server.Http(_server.KeyOf("ann/user"));
        string[] names = [.. Enumerable.Range(0, 1200).Select(i => $"s{i:D4}")];
        string streams = string.Join(", ", names.Select(name => $$"""  "{{name}}": {"labels": {"n": "x"} }  """));
        await http.DoAsync(HttpMethod.Post, "crud/ann/many", $$$"""{"streams": {{{{streams}}}}}""");
        foreach ((string list, string prefix, string[] expected) in new (string, string, string[])[]
        {
            ("crud/ann/many?q=ls", "", names),
            ("crud/ann?q=streams", "many/", [.. names, "log", "temperature", "mood"]),
            ("crud?q=find&name=ANN", "ann/many/", [.. names, "log", "temperature", "mood"]),
            ("crud?q=find&label=N=x", "ann/many/", names),
        })
        {
            Assert.Equal(expected, await NamesAsync(list));
            Assert.Equal(names[100..150], await NamesAsync($"{list}&limit=50&after={prefix}s0099"));
            Assert.Equal(expected.SkipWhile(name => name != "s1190").Skip(1), await NamesAsync($"{list}&limit=50&after={prefix}s1190"));

            async Task<IEnumerable<string?>> NamesAsync(string address)
                => JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, address)).RootElement.EnumerateArray().Select(stream => stream.GetProperty("name").GetString());
        }
    }

    /// <summary>The streams of bob have the labels too, and come after very many without them.</summary>
    [Theory]
    [InlineData("me/user", "N=x", "ann/many ann/mixed bob/many")]
    [InlineData("me/user", "n=x*&label=rare=yes", "ann/mixed")]
    [InlineData("me/user", "n=*&label=m=?", "ann/mixed")]
    [InlineData("me/user", "n=x&label=rare=no", "")]
    [InlineData("ann/user", "n=x", "ann/many ann/mixed")]
    [InlineData("bob/user", "n=x", "bob/many")]
    [InlineData("bob/many", "n=?", "bob/many")]
    [InlineData("ann/pi", "n=x", "")]
    public async Task Labels_that_very_many_streams_have_find_those_that_the_caller_may_see_in_order(string caller, string label, string expected)
    {
        string[] names = [.. Enumerable.Range(0, 1100).Select(i => $"s{i:D4}")];
        using (HttpClient owner = _server.Http())
        {
            await owner.DoAsync(HttpMethod.Post, "crud/ann/many", Streams(_ => """{"labels": {"n": "x"}}"""));
            await owner.DoAsync(HttpMethod.Post, "crud/ann/mixed", Streams(i => i % 2 == 0 ? "{}" : i == 999 ? """{"labels": {"n": "x", "m": "1", "rare": "yes"}}""" : """{"labels": {"n": "x", "m": "1"}}"""));
            await owner.DoAsync(HttpMethod.Post, "crud/bob/empty", Streams(_ => "{}"));
            await owner.DoAsync(HttpMethod.Post, "crud/bob/many", Streams(_ => """{"labels": {"n": "x"}}"""));
        }

        using HttpClient http = _server.Http(_server.KeyOf(caller));
        JsonElement[] found = [.. JsonDocument.Parse(await http.DoAsync(HttpMethod.Get, $"crud?q=find&label={label}")).RootElement.EnumerateArray()];
        string[] paths = [.. found.Select(stream => stream.GetProperty("path").GetString()!)];
        Assert.Equal(paths.Order(StringComparer.Ordinal), paths);
        Assert.Equal(expected, string.Join(' ', paths.Select(path => path[..path.LastIndexOf('/')]).Distinct()));
        int[] counts = [.. paths.CountBy(path => path[..path.LastIndexOf('/')]).Select(device => device.Value)];
        Assert.All(counts, count => Assert.Contains(count, new[] { 1100, 550, 1 }));

        string Streams(Func<int, string> stream) => $$"""{"streams": { {{string.Join(", ", names.Select((name, i) => $"\"{name}\": {stream(i)}"))}} } }""";
    }

    [Theory]
    [InlineData("", "find")]
    [InlineData("&label=room", "'room' is not a label")]
    [InlineData("&label==office", "'=office' is not a label")]
    public async Task A_search_for_nothing_is_refused(string query, string expected)
    {
        using HttpClient http = _server.Http();
        Assert.Contains(expected, await http.GetAsync($"crud?q=find{query}", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_are_an_object_that_clients_of_streams_without_labels_do_not_see()
    {
        using HttpClient http = _server.Http(_server.KeyOf("ann/user"));
        Assert.Contains("\"labels\":{\"room\":\"office\"}", await http.DoAsync(HttpMethod.Get, "crud/ann/pi/temperature"), StringComparison.Ordinal);
        Assert.DoesNotContain("labels", await http.DoAsync(HttpMethod.Get, "crud/ann/user/mood"), StringComparison.Ordinal);
    }
}
