using ConnectorDb.Columns;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;
using static ConnectorDb.Writer.CuttingClient;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Exactly-once delivery to a ConnectorDB over unreliable connections.</summary>
public sealed class ExactlyOnceTests : IAsyncDisposable
{
    private readonly LoggerFile _file = new(new Database());

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task Missing_streams_are_created_with_their_schema()
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x", """{"type":"integer"}""");
        _file.Write("x", 1, 2, 3);

        SyncResult result = await _file.Sync();

        Assert.True(result.Succeeded, result.Destinations[0].Error);
        Assert.Equal([1, 2, 3], _file.Stored("x"));
        Assert.Equal("""{"type":"integer"}""", _file.Database.Engine.GetStream(_file.Database.Me, CdbPath.Parse("me/user/x"), Database.NoClient, Some.NoToken).Schema);
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.After)]
    public async Task A_connection_lost_during_an_append_duplicates_and_loses_nothing(Cut cut)
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x");
        _file.Write("x", 1, 1, 2, 2);
        _file.Line = name => name == "AppendAsync" ? cut : Cut.None;
        Assert.False((await _file.Sync()).Succeeded);
        _file.Line = _ => Cut.None;
        _file.Write("x", 3);

        await _file.Sync();

        Assert.Equal([1, 1, 2, 2, 3], _file.Stored("x"));
    }

    [Fact]
    public async Task Datapoints_of_other_writers_are_not_mistaken_for_ours()
    {
        CdbPath stream = _file.Database.AddStream("me/user/x");
        _file.Database.Append(stream, Some.Numbers(2, firstT: 1));
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x");
        _file.Write("x", 10, 11);
        _file.Line = name => name == "AppendAsync" ? Cut.After : Cut.None;
        await _file.Sync();
        _file.Database.Append(stream, Some.Numbers(1, firstT: 12));
        _file.Line = _ => Cut.None;

        await _file.Sync();

        Assert.Equal([1, 2, 10, 11, 12], _file.Stored("x"));
    }

    [Fact]
    public async Task Random_connection_losses_deliver_each_datapoint_once()
    {
        Random random = new(7);
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("a");
        _file.AddStream("b");
        _file.Line = _ => random.Next(6) switch { 0 => Cut.Before, 1 => Cut.After, _ => Cut.None };
        long next = 0;
        for (int round = 0; round < 120; round++)
        {
            long[] numbers = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => next += random.Next(2))];
            _file.Write("a", numbers);
            _file.Write("b", numbers);
            await _file.Sync();
            Assert.Equal(_file.Stored("a").Order(), _file.Stored("a"));
        }

        long sent = _file.Logger.GetStatus().Destinations[0].Sent;
        _file.Line = _ => Cut.None;
        Assert.True((await _file.Sync()).Succeeded);

        Assert.True(sent > 0);
        Assert.Equal(_file.Stored("a"), _file.Stored("b"));
        Assert.Equal(next, _file.Stored("a")[^1]);
        Assert.Equal(_file.Logger.GetStatus().Destinations[0].Sent, _file.Stored("a").Length * 2);
        Assert.Empty(_file.Logger.ListDeadLetters());
    }

    [Fact]
    public async Task Late_datapoints_become_dead_letters_and_can_be_resent_restamped()
    {
        _file.Database.Append(_file.Database.AddStream("me/user/x"), Some.Numbers(1, firstT: 100));
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x");
        _file.Write("x", 50, 120, 60, 130);

        SyncResult result = await _file.Sync();

        Assert.Equal((2, 2), (result.Sent, result.SetAside));
        Assert.Equal([100, 120, 130], _file.Stored("x"));
        Assert.Equal(2, _file.Logger.GetStatus().Destinations[0].SetAside);
        Assert.All(_file.Logger.ListDeadLetters(), item => Assert.Contains("older", item.Reason, StringComparison.Ordinal));

        _file.Logger.Resend(_file.Logger.ListDeadLetters(), restamp: true);
        await _file.Sync();
        Assert.Equal([100, 120, 130, 130, 130], _file.Stored("x"));
    }

    [Theory]
    [InlineData(Cut.None)]
    [InlineData(Cut.Before)]
    [InlineData(Cut.After)]
    public async Task A_restamping_destination_stores_late_datapoints_once(Cut cut)
    {
        _file.Database.Append(_file.Database.AddStream("me/user/x"), Some.Numbers(1, firstT: 100));
        _file.Logger.AddSink(_file.ToDatabase with { Restamp = true });
        _file.AddStream("x");
        _file.Write("x", 50, 120, 60, 130);
        _file.Line = name => name == "AppendAsync" ? cut : Cut.None;
        await _file.Sync();
        _file.Line = _ => Cut.None;

        await _file.Sync();

        Assert.Equal([100, 100, 120, 120, 130], _file.Stored("x"));
        Assert.Empty(_file.Logger.ListDeadLetters());
    }

    [Theory]
    [InlineData(Cut.None)]
    [InlineData(Cut.After)]
    public async Task Datapoints_that_violate_the_schema_become_dead_letters_and_the_others_are_stored(Cut cut)
    {
        _file.Database.AddStream("me/user/x", new StreamDefinition { Schema = """{"type":"integer","maximum":9}""" });
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x");
        _file.Logger.Write("x", new Block(new[] { 1.0, 2, 3, 4, 5 }, new IntegerColumn(new long[] { 1, 10, 2, 11, 3 })));
        _file.Line = name => name == "AppendAsync" ? cut : Cut.None;
        await _file.Sync();
        _file.Line = _ => Cut.None;

        await _file.Sync();

        Assert.Equal([1, 3, 5], _file.Stored("x"));
        Assert.Equal([2.0, 4.0], _file.Logger.ListDeadLetters().Select(item => item.Point.T));
    }

    [Fact]
    public async Task A_missing_stream_does_not_delay_others()
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.Logger.AddChannel(new LogChannel { Name = "later" });
        _file.AddStream("x");
        _file.Write("later", 1);
        _file.Write("x", 2);

        SyncResult result = await _file.Sync();

        Assert.Contains("later", result.Destinations[0].Error, StringComparison.Ordinal);
        Assert.Equal([2], _file.Stored("x"));
        _file.Database.AddStream("me/user/later");
        Assert.True((await _file.Sync()).Succeeded);
        Assert.Equal([1], _file.Stored("later"));
    }

    [Theory]
    [InlineData(PointLayout.ObjectStream)]
    [InlineData(PointLayout.StreamPerField)]
    public async Task Points_are_stored_in_one_stream_of_objects_or_one_stream_per_field(PointLayout layout)
    {
        _file.Logger.AddSink(_file.ToDatabase with { Points = layout });
        DataObject fields = new(new("up", DataValue.From(1.5)), new("down", DataValue.From(2)));
        _file.Logger.WritePoint("net speed", new LogPoint(fields, new DataObject(new KeyValuePair<string, DataValue>("host", DataValue.From("a")))), 5);
        _file.Line = name => name == "AppendAsync" ? Cut.After : Cut.None;
        await _file.Sync();
        _file.Line = _ => Cut.None;

        await _file.Sync();

        string[] stored = layout == PointLayout.ObjectStream ? ["net_speed"] : ["net_speed_up", "net_speed_down"];
        Assert.Equal(
            layout == PointLayout.ObjectStream ? ["""{"up":1.5,"down":2,"host":"a"}"""] : ["1.5", "2"],
            stored.SelectMany(name => _file.Database.Read(CdbPath.Parse($"me/user/{name}"))).Select(point => point.Value.ToJson()));
    }

    [Fact]
    public async Task A_tag_with_the_name_of_a_field_is_stored_too()
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.Logger.WritePoint("house", new LogPoint(new DataObject(new KeyValuePair<string, DataValue>("room", DataValue.From(1))), new DataObject(new KeyValuePair<string, DataValue>("room", DataValue.From("attic")))), 5);
        Assert.True((await _file.Sync()).Succeeded);
        Assert.Equal("""{"room":1,"room_1":"attic"}""", Assert.Single(_file.Database.Read(CdbPath.Parse("me/user/house"))).Value.ToJson());
    }

    [Fact]
    public async Task Long_field_names_map_to_different_streams()
    {
        _file.Logger.AddSink(_file.ToDatabase with { Points = PointLayout.StreamPerField });
        DataObject fields = new(new("temperature of the cellar, left", DataValue.From(1)), new("temperature of the cellar, right", DataValue.From(2)));
        _file.Logger.WritePoint("house", new LogPoint(fields, new DataObject()), 5);

        Assert.True((await _file.Sync()).Succeeded);

        CdbStream[] streams = [.. _file.Database.Engine.ListStreams(_file.Database.Me, CdbPath.Parse("me/user"), "", int.MaxValue, Database.NoClient, Some.NoToken)];
        Assert.Equal(["1", "2"], streams.SelectMany(stream => _file.Database.Read(stream.GetPath())).Select(point => point.Value.ToJson()).Order());
        Assert.All(streams, stream => Assert.StartsWith("house_temperature_of_", stream.Name, StringComparison.Ordinal));
        Assert.Equal(2, streams.Length);
    }

    [Fact]
    public async Task Fields_whose_streams_would_be_one_do_not_mix()
    {
        _file.Logger.AddSink(_file.ToDatabase with { Points = PointLayout.StreamPerField });
        _file.Logger.WritePoint("m", Point(("a b", 1), ("a_b", 2), ("c", 3)), 5);
        SyncResult result = await _file.Sync();
        Assert.Equal((SyncResult.Incomplete, 1), (result.ExitCode, result.SetAside));
        Assert.Contains("the field 'a_b' of the measurement 'm' and the field 'a b' of the measurement 'm' would both be the stream 'm_a_b'", result.Destinations[0].SetAsideReason, StringComparison.Ordinal);

        await using DataLogger again = _file.Open();
        again.WritePoint("m", Point(("a_b", 4)), 6);
        again.WritePoint("m", Point(("a b", 5)), 7);
        result = await again.SyncAsync(TimeSpan.FromSeconds(60), Some.NoToken);
        Assert.Equal((1, 1), (result.Sent, result.SetAside));
        again.WritePoint("m_a", Point(("b", 6)), 8);
        Assert.Equal(1, (await again.SyncAsync(TimeSpan.FromSeconds(60), Some.NoToken)).SetAside);

        Assert.Equal(["1", "5"], _file.Database.Read(CdbPath.Parse("me/user/m_a_b")).Select(point => point.Value.ToJson()));
        Assert.Equal(["3"], _file.Database.Read(CdbPath.Parse("me/user/m_c")).Select(point => point.Value.ToJson()));

        static LogPoint Point(params (string Name, int Value)[] fields)
            => new(new DataObject([.. fields.Select(field => KeyValuePair.Create(field.Name, DataValue.From(field.Value)))]), new DataObject());
    }

    [Fact]
    public async Task A_logger_started_offline_sends_after_the_connection_returns()
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x");
        _file.Line = _ => Cut.Before;
        _file.Write("x", 1, 2);
        Assert.Contains("cut", (await _file.Sync()).Destinations[0].Error, StringComparison.Ordinal);
        _file.Line = _ => Cut.None;
        await _file.Sync();
        Assert.Equal([1, 2], _file.Stored("x"));
    }
}
