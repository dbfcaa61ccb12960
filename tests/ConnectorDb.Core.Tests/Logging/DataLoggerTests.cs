using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Writes, delivery, dead letters and settings of a logger.</summary>
public sealed class DataLoggerTests : IAsyncDisposable
{
    private readonly LoggerFile _file = new(new Database());

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task Entries_and_settings_survive_reopening()
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
    public void Keys_are_encrypted_in_the_file()
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
    public async Task Values_of_every_type_arrive_unchanged()
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

        Assert.Equal([.. values, .. values], sink.Entries.Select(item => item.Value));
        Assert.Equal(values.Select(value => value.Kind), sink.Entries.Take(values.Length).Select(item => item.Value.Kind));
    }

    [Fact]
    public void A_write_with_a_value_that_violates_the_schema_is_rejected_as_a_whole()
    {
        _file.AddStream("x", """{"type":"integer"}""");
        _file.AddStream("y");

        SchemaViolationException error = Assert.Throws<SchemaViolationException>(
            () => _file.Logger.Write([new("y", Some.Numbers(2)), new("x", Some.Point(1, DataValue.From("warm")))]));

        Assert.Contains("'x'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public void Non_finite_numbers_and_undeclared_channels_are_rejected()
    {
        _file.AddStream("x");

        Assert.Throws<InvalidValueException>(() => _file.Logger.Write("x", new Block(new[] { 1.0 }, new NumberColumn(new[] { double.NaN }))));
        Assert.Throws<InvalidValueException>(() => _file.Logger.Write("x", Some.Point(1, DataValue.From([DataValue.From(double.PositiveInfinity)]))));
        Assert.Throws<InvalidValueException>(() => _file.Logger.Write("x", Some.Point(double.PositiveInfinity, DataValue.Null)));
        Assert.Contains("x", Assert.Throws<NotFoundException>(() => _file.Write("unknown", 1)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidSchemaException>(() => _file.AddStream("z", """{"type":"nothing"}"""));
    }

    [Fact]
    public async Task A_datapoint_without_a_time_gets_the_time_of_the_write()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Logger.Write("x", Some.Point(double.NaN, DataValue.From(1)));
        await _file.Sync();
        Assert.Equal(1_000_000, Assert.Single(sink.Entries).T);
    }

    [Fact]
    public async Task Entries_are_deleted_when_all_destinations_have_received_them()
    {
        RecordingSink quick = _file.AddRecorder("quick");
        RecordingSink dead = _file.AddRecorder("dead");
        dead.Answer = _ => throw new SinkException("It is closed today.", null);
        _file.AddStream("x");
        _file.Write("x", 1, 2, 3);

        SyncResult result = await _file.Sync();

        Assert.False(result.Succeeded);
        Assert.Equal(3, quick.Entries.Count);
        Assert.Equal(3, _file.Logger.GetStatus().Cached);
        DestinationStatus failed = _file.Logger.GetStatus().Destinations.Single(each => each.Name == "dead");
        Assert.Equal((3, "It is closed today. The logger keeps the entries."), (failed.Pending, failed.LastError));
        Assert.NotNull(failed.NextTry);

        dead.Answer = BatchOutcome.Accepted;
        _file.Write("x", 4);
        Assert.True((await _file.Sync()).Succeeded);

        Assert.Equal([1.0, 2, 3, 4], quick.Entries.Select(item => item.T));
        Assert.Equal([1.0, 2, 3, 4], dead.Entries.Select(item => item.T));
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
        _file.Write("x", 5);
        await _file.Sync();
        Assert.Equal(5, quick.Entries[^1].T);
    }

    [Fact]
    public async Task A_failing_channel_does_not_delay_others()
    {
        RecordingSink sink = _file.AddRecorder();
        sink.Answer = batch => batch.Channel.Name == "locked" ? BatchOutcome.Kept(new PermissionDeniedException("You may not.", null)) : BatchOutcome.Accepted(batch);
        _file.AddStream("locked");
        _file.AddStream("free");
        _file.Write("locked", 1, 2);
        _file.Write("free", 3, 4);

        SyncResult result = await _file.Sync();

        Assert.Equal("You may not.", Assert.Single(result.Destinations).Error);
        Assert.Equal([3.0, 4], sink.Entries.Select(item => item.T));
        sink.Answer = BatchOutcome.Accepted;
        await _file.Sync();
        Assert.Equal([3.0, 4, 1, 2], sink.Entries.Select(item => item.T));
    }

    [Fact]
    public async Task Rejected_entries_become_dead_letters_and_kept_entries_wait()
    {
        RecordingSink sink = _file.AddRecorder();
        sink.Answer = batch => new BatchOutcome(4, [new RejectedEntry(1, "It is odd."), new RejectedEntry(3, "It is odd.")]) { Fault = new SinkException("Enough for now.", null) };
        _file.AddStream("x");
        _file.Write("x", 0, 1, 2, 3, 4, 5);

        await _file.Sync();
        Assert.Equal([0.0, 2], sink.Entries.Select(item => item.T));
        sink.Answer = BatchOutcome.Accepted;
        await _file.Sync();

        Assert.Equal([0.0, 2, 4, 5], sink.Entries.Select(item => item.T));
        IReadOnlyList<DeadLetter> aside = _file.Logger.ListDeadLetters();
        Assert.Equal([(1.0, "It is odd."), (3.0, "It is odd.")], aside.Select(item => (item.Point.T, item.Reason)));

        Assert.Equal(1, _file.Logger.Resend([aside[0]], restamp: true));
        Assert.Equal(1, _file.Logger.DeleteDeadLetters([aside[1]]));
        await _file.Sync();
        Assert.Equal(1, sink.Entries[^1].T);
        Assert.Empty(_file.Logger.ListDeadLetters());
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task Dead_letters_are_resent_only_to_the_destination_that_rejected_them()
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

        Assert.Equal(1.0, Assert.Single(picky.Entries).T);
        Assert.Single(other.Entries);
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task Batches_arrive_in_order()
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
        Assert.Equal(Enumerable.Range(0, 130_000).Select(n => (double)n), sink.Entries.Select(item => item.T));
    }

    [Fact]
    public async Task Clearing_deletes_waiting_entries()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Write("x", 1, 2);

        Assert.Equal(2, _file.Logger.Clear());
        _file.Write("x", 3);
        await _file.Sync();

        Assert.Equal(3.0, Assert.Single(sink.Entries).T);
    }

    [Fact]
    public void A_time_that_is_not_a_number_is_not_taken_as_now()
    {
        Assert.Throws<InvalidValueException>(() => _file.Logger.WriteEvent(double.NaN, new LogEvent(6, new DataObject(), "start")));
        Assert.Throws<InvalidValueException>(() => _file.Logger.WritePoint("m", new LogPoint(new DataObject(), new DataObject()), double.NaN));
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task Points_need_no_declaration_and_declared_measurements_are_checked()
    {
        RecordingSink sink = _file.AddRecorder();
        DataObject fields = new(new KeyValuePair<string, DataValue>("seconds", DataValue.From(1.5)));
        DataObject tags = new(new KeyValuePair<string, DataValue>("host", DataValue.From("a")));
        _file.Logger.WritePoint("backup", new LogPoint(fields, tags), 5);
        _file.Logger.WriteEvent(5, new LogEvent(6.5, tags, "done"));
        _file.Logger.AddChannel(new LogChannel { Name = "strict", Kind = ChannelKind.Measurement, Fields = ["seconds"], Tags = ["site"] });

        Assert.Contains("host", Assert.Throws<InvalidValueException>(() => _file.Logger.WritePoint("strict", new LogPoint(fields, tags))).Message, StringComparison.Ordinal);
        await _file.Sync();

        Assert.Equal(new LogPoint(fields, tags), LogPoint.Read(sink.Entries[0].Value));
        Assert.Equal(new LogEvent(6.5, tags, "done"), LogEvent.Read(5, sink.Entries[1].Value));
    }
}
