using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Partial writes, and the times that a logger assigns.</summary>
public sealed class LoggerWriteTests : IAsyncDisposable
{
    private const double Start = 1_000_000;
    private readonly LoggerFile _file = new(new Database());

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task A_partial_write_lists_all_invalid_datapoints_and_writes_the_others()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x", """{"type":"number"}""");
        BlockBuilder points = new();
        foreach (DataValue value in (DataValue[])[DataValue.From(1), DataValue.From("warm"), DataValue.From(2), DataValue.From(double.NaN), DataValue.From("cold")])
        {
            points.Add(points.Count, value);
        }

        IReadOnlyList<LogResult> results = _file.Logger.Write([new("x", points.Build()), new("unknown", Some.Numbers(1))], OnInvalid.RejectInvalid);

        Assert.Equal([1, 3, 4], results[0].Rejected.Select(each => each.Index));
        Assert.Equal(2, results[0].Count);
        Assert.IsType<NotFoundException>(results[1].Error);
        await _file.Sync();
        Assert.Equal([0.0, 2.0], sink.Entries.Select(each => each.T));
    }

    [Fact]
    public async Task An_invalid_field_is_left_out_of_its_point()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.Logger.AddChannel(new LogChannel { Name = "room", Kind = ChannelKind.Measurement, Fields = ["t", "h"] });
        DataObject none = new();
        LogPoint point = new(new DataObject(new("t", DataValue.From(21.5)), new("h", DataValue.From(double.NaN)), new("typo", DataValue.From(1))), none);
        LogPoint empty = new(new DataObject(new KeyValuePair<string, DataValue>("h", DataValue.From(double.PositiveInfinity))), none);
        LogPoint tagged = new(new DataObject(new KeyValuePair<string, DataValue>("t", DataValue.From(1))), new DataObject(new KeyValuePair<string, DataValue>("bad", DataValue.From(double.NaN))));

        IReadOnlyList<RejectedField> rejected = _file.Logger.WritePoints("room", [(1, point), (2, empty), (3, tagged), (double.PositiveInfinity, point with { Fields = tagged.Fields })], OnInvalid.RejectInvalid);

        Assert.Equal([(0, "typo"), (0, "h"), (1, "h"), (2, null), (3, null)], rejected.Select(each => (each.Index, each.Field)));
        await _file.Sync();
        Assert.Equal("""{"tags":{},"fields":{"t":21.5}}""", Assert.Single(sink.Entries).Value.ToJson());
    }

    [Fact]
    public async Task Values_without_a_time_have_different_times_in_the_order_of_their_writes()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        await using DataLogger other = _file.Open();
        double[] untimed = [.. Enumerable.Repeat(double.NaN, 500)];
        foreach (DataLogger logger in (DataLogger[])[_file.Logger, other, _file.Logger])
        {
            logger.Write("x", new Block(untimed, new NumberColumn(new double[500])));
            await _file.Sync();
        }

        double[] times = [.. sink.Entries.Select(entry => entry.T)];
        Assert.Equal(1500, times.Distinct().Count());
        Assert.Equal(times.Order(), times);
        Assert.InRange(times[^1], Start, Start + 0.01);
    }

    [Fact]
    public async Task Arrival_times_behind_those_of_another_writer_are_raised()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        await using DataLogger other = _file.Open();
        other.Write([new LogBlock("x", new Block(new[] { Start - 0.08, Start }, new NumberColumn(new double[2]))) { HasArrivalTimes = true }]);
        _file.Logger.Write([new LogBlock("x", new Block(new[] { Start - 0.05, Start + 1 }, new NumberColumn(new double[2]))) { HasArrivalTimes = true }]);
        await _file.Sync();
        Assert.Equal([Start - 0.08, Start, Start + 2e-6, Start + 1], sink.Entries.Select(entry => entry.T));
    }

    [Fact]
    public async Task A_time_far_ahead_of_the_clock_does_not_move_later_values()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Write("x", (long)Start + 3600);
        _file.Logger.Write("x", Some.Point(double.NaN, DataValue.Null));
        await _file.Sync();
        Assert.Equal([Start + 3600, Start], sink.Entries.Select(entry => entry.T));
    }

    [Fact]
    public async Task A_logger_that_declares_streams_takes_any_name()
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.Logger.Change(settings => settings with { DeclaresStreams = true });
        _file.Write("a.b", 1);
        Assert.Contains("'a_b'", Assert.Throws<InvalidValueException>(() => _file.Write("a b", 1)).Message, StringComparison.Ordinal);
        Assert.IsType<InvalidValueException>(Assert.Single(_file.Logger.Write([new LogBlock("a b", Some.Numbers(1))], OnInvalid.RejectInvalid)).Error);
        Assert.True((await _file.Sync()).Succeeded);
        Assert.Equal([1], _file.Stored("a_b"));
    }

    [Fact]
    public void Names_that_are_one_stream_are_rejected_when_a_ConnectorDb_destination_is_added()
    {
        _file.AddStream("a.b");
        _file.AddStream("a b");
        Assert.Contains("'a_b'", Assert.Throws<InvalidValueException>(() => _file.Logger.AddSink(_file.ToDatabase)).Message, StringComparison.Ordinal);
        Assert.Empty(_file.Logger.Sinks);
    }

    [Fact]
    public async Task A_full_buffer_starts_a_sync_in_the_background()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Logger.Change(settings => settings with { BufferSize = 3 });
        System.Threading.Channels.Channel<SyncResult> results = System.Threading.Channels.Channel.CreateUnbounded<SyncResult>();
        _file.Logger.Synced += result => results.Writer.TryWrite(result);
        _file.Logger.Start();
        await results.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        _file.Write("x", 1, 2);
        Assert.False(results.Reader.TryRead(out _));
        _file.Write("x", 3);
        while (sink.Entries.Count < 3)
        {
            await results.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    [Fact]
    public void The_size_limit_counts_the_entries_of_a_write_and_not_the_empty_file()
    {
        _file.AddStream("x");
        _file.Logger.Change(settings => settings with { MaxBytes = 20_000 });
        _file.Write("x", [.. Enumerable.Range(0, 500).Select(n => (long)n)]);
        foreach (BoundPolicy policy in (BoundPolicy[])[BoundPolicy.RefuseNew, BoundPolicy.DropOldest])
        {
            _file.Logger.Change(settings => settings with { WhenFull = policy });
            Assert.Equal(StoreFault.LimitReached, Assert.Throws<StoreException>(() => _file.Write("x", [.. Enumerable.Range(500, 5000).Select(n => (long)n)])).Fault);
        }

        Assert.Equal(500, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task Several_writers_of_one_stream_have_nothing_set_aside()
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x");
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (_, token) =>
        {
            await using DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = _file.Path, KeyFolder = _file.Database.KeyFolder, OpenSink = _ => new RecordingSink() });
            for (int i = 0; i < 100; i++)
            {
                logger.Write("x", Some.Point(double.NaN, DataValue.From(i)), token);
            }
        });

        SyncResult result = await _file.Sync();

        Assert.Equal((400, 0), (result.Sent, result.SetAside));
    }
}
