using ConnectorDb.Contracts;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Entries belong to the destinations that were there when they were written.</summary>
public sealed class EntryOwnerTests : IAsyncDisposable
{
    private readonly LoggerFile _file = new(new Database());
    private readonly TempFolder _folder = new();

    public EntryOwnerTests() => _file.AddStream("x");

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Entries_from_before_any_destination_go_to_the_first_ones()
    {
        _file.Write("x", 1, 2);
        _file.Logger.AddSinks([File("a"), File("b")]);
        _file.Write("x", 3);
        _file.Logger.AddSink(File("c"));
        _file.Write("x", 4);
        Assert.Equal([4, 4, 1], _file.Logger.GetStatus().Destinations.Select(each => each.Pending));

        Assert.True((await _file.Sync()).Succeeded);

        Assert.Equal([4, 4, 1], ((string[])["a", "b", "c"]).Select(Lines));
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task A_replaced_destination_gets_its_entries_and_then_leaves()
    {
        _file.Logger.AddSink(File("old") with { Name = "out" });
        _file.Write("x", 1, 2);
        await _file.Sync();
        _file.Write("x", 3);
        Directory.CreateDirectory(_folder["blocked"]);
        File("old").Path.Block(_folder["blocked"]);
        _file.Logger.AddSink(File("new") with { Name = "out" });
        _file.AddStream("y");
        _file.Write("x", 4);
        _file.Write("y", 5);

        SyncResult failed = await _file.Sync();
        Assert.Equal(SyncResult.Failed, failed.ExitCode);
        Assert.Equal(2, Lines("new"));
        Assert.Equal([(true, 1), (false, 0)], _file.Logger.GetStatus().Destinations.Select(each => (each.IsLeaving, each.Pending)));
        Assert.Equal(1, _file.Logger.GetStatus().Cached);
        Assert.StartsWith("out until 1970-01-12", _file.Logger.GetStatus().Destinations[0].Name, StringComparison.Ordinal);

        File("old").Path.Unblock(_folder["blocked"]);
        Assert.True((await _file.Sync()).Succeeded);
        Assert.Equal((3, 2), (Lines("old"), Lines("new")));
        Assert.Equal("out", Assert.Single(_file.Logger.GetStatus().Destinations).Name);
        Assert.Equal(0, _file.Logger.GetStatus().Cached);
    }

    [Fact]
    public async Task A_replaced_destination_can_be_dropped_with_its_entries()
    {
        _file.Logger.AddSink(File("old") with { Name = "out" });
        _file.Write("x", 1, 2);
        _file.Logger.AddSink(File("new") with { Name = "out" });
        _file.Write("x", 3);

        _file.Logger.RemoveSink(_file.Logger.GetStatus().Destinations[0].Name);

        Assert.Equal(1, _file.Logger.GetStatus().Cached);
        await _file.Sync();
        Assert.Equal((0, 1), (Lines("old"), Lines("new")));
    }

    [Fact]
    public async Task A_replaced_destination_stays_while_it_has_dead_letters()
    {
        RecordingSink sink = _file.AddRecorder("out");
        sink.Answer = batch => new BatchOutcome(batch.Count, [new RejectedEntry(0, "It is odd.")]);
        _file.Write("x", 1);
        await _file.Sync();
        _file.Logger.AddSink(File("new") with { Name = "out" });
        Assert.Equal([true, false], _file.Logger.GetStatus().Destinations.Select(each => each.IsLeaving));

        _file.Logger.DeleteDeadLetters(_file.Logger.ListDeadLetters());
        await _file.Sync();

        Assert.Single(_file.Logger.GetStatus().Destinations);
    }

    [Fact]
    public async Task A_destination_with_new_settings_for_the_same_location_keeps_its_entries()
    {
        _file.Logger.AddSink(File("a"));
        _file.Write("x", 1);
        _file.Logger.AddSink(File("a") with { MaxBytes = 1 << 20 });
        await _file.Sync();
        Assert.Equal(1, Lines("a"));
        Assert.Single(_file.Logger.GetStatus().Destinations);
    }

    [Fact]
    public async Task The_entries_of_the_last_destination_wait_for_the_next_one()
    {
        _file.Logger.AddSink(File("a"));
        _file.Write("x", 1);
        _file.Logger.RemoveSink("a");
        _file.Write("x", 2);
        Assert.Equal(2, _file.Logger.GetStatus().Cached);
        _file.Logger.AddSink(File("b"));
        await _file.Sync();
        Assert.Equal(2, Lines("b"));
    }

    [Fact]
    public async Task Waiting_entries_are_listed_with_their_destinations()
    {
        _file.Write("x", 1, 2);
        Assert.Equal(["x 1 ", "x 2 "], Waiting());
        RecordingSink first = _file.AddRecorder("first");
        first.Answer = batch => new BatchOutcome(1, []) { Fault = new SinkException("Enough.", null) };
        await _file.Sync();
        _file.AddRecorder("second");
        _file.Write("x", 3);
        _file.AddStream("y");
        _file.Write("y", 4);
        Assert.Equal(["x 2 first", "x 3 first,second", "y 4 first,second"], Waiting());
    }

    [Fact]
    public async Task Numbers_never_wait_for_a_destination_that_takes_events_only()
    {
        using LoopbackServer server = new() { Answer = _ => new LoopbackReply(200, """{"id":1}""") };
        GrafanaSettings grafana = new() { Name = "g", Url = server.Url, Token = new SecretText("t") };
        _file.Logger.AddSink(grafana);
        _file.Write("x", 1);
        _file.Logger.WriteEvent(5, new LogEvent(6, new DataObject(), "start"));
        Assert.Equal([("x", ""), (LogEvent.Channel, "g")], _file.Logger.ListWaiting().Select(each => (each.Channel, string.Join(',', each.Destinations))));
        Assert.Equal(1, _file.Logger.GetStatus().Destinations[0].Pending);

        SyncResult sent = await _file.Sync();

        Assert.Equal((SyncResult.AllSent, 1), (sent.ExitCode, sent.Sent));
        Assert.Equal(["x 1 "], Waiting());

        _file.Logger.AddSinks([File("a"), grafana with { Url = $"{server.Url}/other" }]);
        _file.AddStream("y");
        _file.Write("y", 2);
        Assert.Equal(["x 1 a", "y 2 a"], Waiting());
        sent = await _file.Sync();
        Assert.Equal((SyncResult.AllSent, 2, 0), (sent.ExitCode, sent.Sent, _file.Logger.GetStatus().Cached));
        Assert.Equal(2, Lines("a"));
        Assert.Single(server.Requests);
        Assert.Equal(2, _file.Logger.GetStatus().Destinations.Length);
    }

    private IEnumerable<string> Waiting()
        => _file.Logger.ListWaiting().Select(entry => $"{entry.Channel} {entry.Point.Value} {string.Join(',', entry.Destinations)}");

    private JsonFileSettings File(string name) => new() { Name = name, Path = _folder[$"{name}.jsonl"] };

    private int Lines(string name) => System.IO.File.Exists(_folder[$"{name}.jsonl"]) ? System.IO.File.ReadAllLines(_folder[$"{name}.jsonl"]).Length : 0;
}

/// <summary>Makes a file impossible to write, by a folder of its name.</summary>
file static class BlockedFile
{
    public static void Block(this string path, string aside)
    {
        System.IO.File.Move(path, Path.Combine(aside, "kept"));
        Directory.CreateDirectory(path);
    }

    public static void Unblock(this string path, string aside)
    {
        Directory.Delete(path);
        System.IO.File.Move(Path.Combine(aside, "kept"), path);
    }
}
