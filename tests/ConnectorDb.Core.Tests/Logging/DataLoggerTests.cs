using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>What a logger keeps, and how it hands that out to its destinations.</summary>
public sealed class DataLoggerTests : IAsyncDisposable
{
    private readonly LoggerFile _file = new(new Database());

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task What_was_written_and_set_is_there_when_the_file_is_opened_again()
    {
        _file.AddStream("x", """{"type":"integer"}""");
        _file.Logger.Change(settings => settings with { Name = "cellar", Data = """{"shelf":3}""", SyncPeriod = TimeSpan.FromMinutes(3) });
        _file.Logger.AddSink(_file.ToDatabase with { ApiKey = new SecretText("swordfish") });
        _file.Write("x", 1, 2, 3);

        await using DataLogger again = _file.Open();

        Assert.Equal(3, again.GetStatus().Cached);
        Assert.Equal("cellar", again.Settings.Name);
        Assert.Equal(TimeSpan.FromMinutes(3), again.Settings.SyncPeriod);
        Assert.Equal("""{"shelf":3}""", again.Settings.Data);
        Assert.Equal("""{"type":"integer"}""", Assert.Single(again.Channels).Definition!.Schema);
        Assert.Equal("swordfish", Assert.IsType<ConnectorDbSettings>(Assert.Single(again.Sinks)).ApiKey!.Reveal());
    }

    [Fact]
    public void A_key_does_not_lie_readable_in_the_file()
    {
        _file.Logger.AddSink(_file.ToDatabase with { ApiKey = new SecretText("swordfish") });

        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(_file.Path)!))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("swordfish", reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_kind_of_value_arrives_as_it_was_written()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        DataValue[] values =
        [
            DataValue.From(1.5), DataValue.From(long.MaxValue), DataValue.From(true), DataValue.From("a\"\n€😀"), DataValue.Null,
            DataValue.Parse("""{"a":[1,2.0,{"b":null}],"c":"d"}"""), DataValue.Parse("123456789012345678901234567890.5"), DataValue.From(double.Epsilon),
        ];
        BlockBuilder mixed = new();
        foreach (DataValue value in values)
        {
            _file.Logger.Write("x", Some.Point(mixed.Count, value));
            mixed.Add(100 + mixed.Count, value);
        }

        _file.Logger.Write("x", mixed.Build());
        await _file.Sync();

        Assert.Equal([.. values, .. values], sink.Items.Select(item => item.Value));
        Assert.Equal(values.Select(value => value.Kind), sink.Items.Take(values.Length).Select(item => item.Value.Kind));
    }

    [Fact]
    public void A_value_against_the_schema_is_refused_when_it_is_written_and_nothing_of_its_call_is_kept()
    {
        _file.AddStream("x", """{"type":"integer"}""");
        _file.AddStream("y");

        SchemaViolationException error = Assert.Throws<SchemaViolationException>(
            () => _file.Logger.Write([("y", Some.Numbers(2)), ("x", Some.Point(1, DataValue.From("warm")))]));

        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public void What_JSON_cannot_hold_and_what_nobody_declared_is_refused()
    {
        _file.AddStream("x");

        Assert.Throws<InvalidValueException>(() => _file.Logger.Write("x", new Block(new[] { 1.0 }, new NumberColumn(new[] { double.NaN }))));
        Assert.Throws<InvalidValueException>(() => _file.Logger.Write("x", Some.Point(1, DataValue.From([DataValue.From(double.PositiveInfinity)]))));
        Assert.Throws<InvalidValueException>(() => _file.Logger.Write("x", Some.Point(double.PositiveInfinity, DataValue.Null)));
        Assert.Contains("x", Assert.Throws<NotFoundException>(() => _file.Write("unknown", 1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidSchemaException>(() => _file.AddStream("z", """{"type":"nothing"}"""));
    }

    [Fact]
    public async Task A_datapoint_without_a_time_gets_the_time_of_its_writing()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Logger.Write("x", Some.Point(double.NaN, DataValue.From(1)));
        await _file.Sync();
        Assert.Equal(1_000_000, Assert.Single(sink.Items).T);
    }

    [Fact]
    public async Task Each_destination_goes_at_its_own_pace_and_rows_go_when_all_have_them()
    {
        RecordingSink quick = _file.AddRecorder("quick");
        RecordingSink dead = _file.AddRecorder("dead");
        dead.Answer = _ => throw new SinkException("It is closed today.", null);
        _file.AddStream("x");
        _file.Write("x", 1, 2, 3);

        SyncResult result = await _file.Sync();

        Assert.False(result.Succeeded);
        Assert.Equal(3, quick.Items.Count);
        Assert.Equal(3, _file.Logger.GetStatus().Cached);
        DestinationStatus failed = _file.Logger.GetStatus().Destinations.Single(each => each.Name == "dead");
        Assert.Equal((3, "It is closed today."), (failed.Pending, failed.LastError));
        Assert.NotNull(failed.NextTry);

        dead.Answer = BatchOutcome.Accepted;
        _file.Write("x", 4);
        Assert.True((await _file.Sync()).Succeeded);

        Assert.Equal([1.0, 2, 3, 4], quick.Items.Select(item => item.T));
        Assert.Equal([1.0, 2, 3, 4], dead.Items.Select(item => item.T));
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
        _file.Write("x", 5);
        await _file.Sync();
        Assert.Equal(5, quick.Items[^1].T);
    }

    [Fact]
    public async Task A_channel_that_fails_holds_up_no_other()
    {
        RecordingSink sink = _file.AddRecorder();
        sink.Answer = run => run.Channel.Name == "locked" ? BatchOutcome.Kept(new PermissionDeniedException("You may not.", null)) : BatchOutcome.Accepted(run);
        _file.AddStream("locked");
        _file.AddStream("free");
        _file.Write("locked", 1, 2);
        _file.Write("free", 3, 4);

        SyncResult result = await _file.Sync();

        Assert.Equal("You may not.", Assert.Single(result.Destinations).Error);
        Assert.Equal([3.0, 4], sink.Items.Select(item => item.T));
        sink.Answer = BatchOutcome.Accepted;
        await _file.Sync();
        Assert.Equal([3.0, 4, 1, 2], sink.Items.Select(item => item.T));
    }

    [Fact]
    public async Task Items_that_are_refused_or_kept_are_so_one_by_one()
    {
        RecordingSink sink = _file.AddRecorder();
        sink.Answer = run => new BatchOutcome(4, [new RejectedEntry(1, "It is odd."), new RejectedEntry(3, "It is odd.")]) { Fault = new SinkException("Enough for now.", null) };
        _file.AddStream("x");
        _file.Write("x", 0, 1, 2, 3, 4, 5);

        await _file.Sync();
        Assert.Equal([0.0, 2], sink.Items.Select(item => item.T));
        sink.Answer = BatchOutcome.Accepted;
        await _file.Sync();

        Assert.Equal([0.0, 2, 4, 5], sink.Items.Select(item => item.T));
        IReadOnlyList<DeadLetter> aside = _file.Logger.ListDeadLetters();
        Assert.Equal([(1.0, "It is odd."), (3.0, "It is odd.")], aside.Select(item => (item.Point.T, item.Reason)));

        Assert.Equal(1, _file.Logger.Resend([aside[0]], restamp: true));
        Assert.Equal(1, _file.Logger.DeleteDeadLetters([aside[1]]));
        await _file.Sync();
        Assert.Equal(1, sink.Items[^1].T);
        Assert.Empty(_file.Logger.ListDeadLetters());
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task What_is_sent_again_goes_only_to_the_one_who_refused_it()
    {
        RecordingSink picky = _file.AddRecorder("picky");
        RecordingSink other = _file.AddRecorder("other");
        picky.Answer = run => new BatchOutcome(run.Count, [new RejectedEntry(0, "Not now.")]);
        _file.AddStream("x");
        _file.Write("x", 1);
        await _file.Sync();
        picky.Answer = BatchOutcome.Accepted;

        _file.Logger.Resend(_file.Logger.ListDeadLetters("picky"), restamp: false);
        Assert.Equal([1, 0], _file.Logger.GetStatus().Destinations.Select(each => each.Pending));
        await _file.Sync();

        Assert.Equal(1.0, Assert.Single(picky.Items).T);
        Assert.Single(other.Items);
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task A_destination_added_later_gets_what_still_lies_in_the_file_and_one_removed_holds_up_nothing()
    {
        _file.AddStream("x");
        _file.Write("x", 1, 2);
        RecordingSink late = _file.AddRecorder("late");
        _file.AddRecorder("gone").Answer = _ => throw new IOException("No.");
        await _file.Sync();
        Assert.Equal(2, late.Items.Count);
        Assert.Equal(2, _file.Logger.GetStatus().Cached);

        _file.Logger.RemoveSink("gone");

        Assert.Equal(0, _file.Logger.GetStatus().Cached);
        Assert.Throws<NotFoundException>(() => _file.Logger.RemoveSink("gone"));
    }

    [Fact]
    public async Task Many_batches_go_in_order()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        for (int i = 0; i < 130; i++)
        {
            _file.Write("x", [.. Enumerable.Range(i * 1000, 1000).Select(n => (long)n)]);
        }

        SyncResult result = await _file.Sync();

        Assert.Equal(130_000, result.Sent);
        Assert.True(sink.Calls > 1);
        Assert.Equal(Enumerable.Range(0, 130_000).Select(n => (double)n), sink.Items.Select(item => item.T));
    }

    [Fact]
    public async Task Clearing_drops_what_waits()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Write("x", 1, 2);

        Assert.Equal(2, _file.Logger.Clear());
        _file.Write("x", 3);
        await _file.Sync();

        Assert.Equal(3.0, Assert.Single(sink.Items).T);
    }

    [Fact]
    public async Task Points_and_events_need_no_declaration_and_declared_ones_are_checked()
    {
        RecordingSink sink = _file.AddRecorder();
        DataObject fields = new(new KeyValuePair<string, DataValue>("seconds", DataValue.From(1.5)));
        DataObject tags = new(new KeyValuePair<string, DataValue>("host", DataValue.From("a")));
        _file.Logger.WritePoint("backup", new LogPoint(fields, tags), 5);
        _file.Logger.WriteEvent(5, new LogEvent(6.5, tags, "done"));
        _file.Logger.AddChannel(new LogChannel { Name = "strict", Kind = ChannelKind.Measurement, Fields = ["seconds"], Tags = ["site"] });

        Assert.Contains("host", Assert.Throws<InvalidValueException>(() => _file.Logger.WritePoint("strict", new LogPoint(fields, tags))).Message, StringComparison.Ordinal);
        await _file.Sync();

        Assert.Equal(new LogPoint(fields, tags), LogPoint.Read(sink.Items[0].Value));
        Assert.Equal(new LogEvent(6.5, tags, "done"), LogEvent.Read(5, sink.Items[1].Value));
    }
}
