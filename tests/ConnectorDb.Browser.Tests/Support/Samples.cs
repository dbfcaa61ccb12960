using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Browser.Tests.Support;

/// <summary>Streams with datapoints.</summary>
internal static class Samples
{
    public const string Temperature = "me/weather/temperature";
    public const string Mood = "me/user/mood";
    public const string Diary = "me/user/diary";
    public const string Lamp = "me/lights/lamp";
    public const string Door = "me/door/state";

    /// <summary>The schema of a rating, as the tutorial of ConnectorDB has it.</summary>
    private const string Rating = """{"type":"integer","minimum":0,"maximum":10}""";

    public static double Now => UnixTime.FromDateTimeOffset(DateTimeOffset.UtcNow);

    /// <summary>Creates a stream, and its device.</summary>
    public static async Task AddStreamAsync(this RunningServer server, string path, StreamDefinition definition)
    {
        CdbPath stream = CdbPath.Parse(path);
        ICdbClient owner = server.As("me/user");
        if (!await owner.ExistsAsync(stream.Parent!, CancellationToken.None))
        {
            await owner.CreateDeviceAsync(stream.Parent!, new DeviceDefinition(), CancellationToken.None);
        }

        await owner.CreateStreamAsync(stream, definition, CancellationToken.None);
    }

    /// <summary>Appends as the device of the stream.</summary>
    public static async Task AppendAsync(this RunningServer server, string path, params IEnumerable<(double T, DataValue Value)> points)
    {
        BlockBuilder block = new(16);
        foreach ((double t, DataValue value) in points)
        {
            block.Add(t, value);
        }

        CdbPath stream = CdbPath.Parse(path);
        await server.As(stream.Parent!.ToString()).AppendAsync(stream, block.Build(), restamp: false, CancellationToken.None);
    }

    /// <summary>Ten days of temperatures, one each five minutes, with a gap of a day and one peak of 45.</summary>
    public static async Task AddWeatherAsync(this RunningServer server)
    {
        await server.AddStreamAsync(Temperature, new StreamDefinition { Schema = """{"type":"number","unit":"°C"}""", Description = "Garden, north wall", Datatype = "number.temperature" });
        double end = Now - 60;
        await server.AppendAsync(Temperature, Enumerable.Range(0, 2880).Where(i => i is < 1400 or > 1690).Select(i => (end - ((2879 - i) * 300), DataValue.From(i == 2000 ? 45.0 : Math.Round(18 + (6 * Math.Sin(i / 288.0 * 2 * Math.PI)), 2)))));
    }

    /// <summary>The rating and the lamp of the tutorial, other streams that one enters, and the weather.</summary>
    public static async Task AddHouseAsync(this RunningServer server)
    {
        await server.AddWeatherAsync();
        await server.AddStreamAsync(Mood, new StreamDefinition { Datatype = "rating.stars", Schema = Rating, Nickname = "How was the day?", Icon = "material:star" });
        await server.AddStreamAsync(Diary, new StreamDefinition { Datatype = "log.diary", Schema = """{"type":"string"}""" });
        await server.AddStreamAsync("me/user/weight", new StreamDefinition { Schema = """{"type":"number","minimum":40,"maximum":120,"unit":"kg"}""" });
        await server.AddStreamAsync("me/user/meal", new StreamDefinition { Schema = """{"enum":["breakfast","lunch","dinner"]}""" });
        await server.AddStreamAsync("me/user/anything", new StreamDefinition());
        await server.AddStreamAsync(Lamp, new StreamDefinition { Schema = """{"type":"boolean"}""", Downlink = true, Icon = "material:lightbulb" });
        await server.AddStreamAsync(Door, new StreamDefinition { Schema = """{"type":"string"}""" });
        double now = Now;
        await server.AppendAsync(Mood, Enumerable.Range(0, 9).Select(i => (now - ((9 - i) * 86400), DataValue.From((i % 5) + 4.0))));
        await server.AppendAsync(Lamp, (now - 7200, DataValue.From(false)), (now - 3600, DataValue.From(true)), (now - 1800, DataValue.From(false)));
        await server.AppendAsync(Door, (now - 80000, DataValue.From("closed")), (now - 50000, DataValue.From("open")), (now - 46000, DataValue.From("closed")), (now - 9000, DataValue.From("locked")));
    }
}
