using ConnectorDb.Contracts;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using static ConnectorDb.Writer.CuttingClient;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>The background sync.</summary>
public sealed class SyncLoopTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly LoggerFile _file = new(new Database());
    private readonly System.Threading.Channels.Channel<SyncResult> _rounds = System.Threading.Channels.Channel.CreateUnbounded<SyncResult>();

    public SyncLoopTests() => _file.Logger.Synced += result => _rounds.Writer.TryWrite(result);

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task A_logger_syncs_at_its_start_and_after_continuous_writes()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Write("x", 1);
        _file.Logger.Change(settings => settings with { IsContinuous = true });

        _file.Logger.Start();
        await Round();
        Assert.Single(sink.Entries);
        _file.Write("x", 2);
        await Round();
        Assert.Equal(2, sink.Entries.Count);
    }

    [Fact]
    public async Task A_logger_with_a_period_longer_than_a_timer_can_wait_goes_on()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Logger.Change(settings => settings with { IsContinuous = true, SyncPeriod = TimeSpan.FromDays(365) });

        _file.Logger.Start();
        await Round();
        _file.Write("x", 1);
        await Round();
        Assert.Single(sink.Entries);
    }

    [Fact]
    public async Task A_logger_syncs_at_its_end()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Logger.Start();
        await Round();

        _file.Write("x", 1);
        Assert.Empty(sink.Entries);
        SyncResult? last = await _file.Logger.StopAsync(s_patience, CancellationToken.None);
        Assert.Equal(1, last!.Sent);
        Assert.Single(sink.Entries);
        Assert.Null(await _file.Logger.StopAsync(s_patience, CancellationToken.None));
    }

    [Fact]
    public async Task Syncs_are_periodic_and_a_failing_destination_is_retried_earlier()
    {
        RecordingSink sink = _file.AddRecorder();
        sink.Answer = _ => throw new SinkException("Busy.", null) { RetryAfter = TimeSpan.FromSeconds(42) };
        _file.AddStream("x");

        Assert.Equal(TimeSpan.FromMinutes(10), await _file.SyncDue());
        _file.Write("x", 1);
        Assert.Equal(42, (await _file.SyncDue()).TotalSeconds, 3);
        int calls = sink.Calls;
        await _file.SyncDue();
        Assert.Equal(calls, sink.Calls);

        _file.Database.Clock.Advance(TimeSpan.FromSeconds(43));
        sink.Answer = BatchOutcome.Accepted;
        Assert.Equal(TimeSpan.FromMinutes(10), await _file.SyncDue());
        Assert.Single(sink.Entries);
    }

    [Fact]
    public async Task A_day_with_an_intermittent_server_delivers_everything_once()
    {
        Random random = new(3);
        bool isUp = true;
        _file.Logger.AddSink(_file.ToDatabase);
        RecordingSink other = _file.AddRecorder();
        _file.AddStream("x");
        _file.Line = _ => isUp ? (random.Next(50) == 0 ? Cut.After : Cut.None) : Cut.Before;
        DateTimeOffset end = _file.Database.Clock.GetUtcNow().AddHours(24);
        DateTimeOffset due = DateTimeOffset.MinValue;
        long written = 0;
        while (_file.Database.Clock.GetUtcNow() < end)
        {
            isUp = random.Next(20) == 0 ? !isUp : isUp;
            _file.Logger.Write("x", Some.Point(double.NaN, DataValue.From(written++)));
            if (_file.Database.Clock.GetUtcNow() >= due)
            {
                due = _file.Database.Clock.GetUtcNow() + await _file.SyncDue();
            }

            _file.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        isUp = true;
        _file.Line = _ => Cut.None;
        Assert.True((await _file.Sync()).Succeeded);

        Assert.Equal(Enumerable.Range(0, (int)written).Select(n => (double)n), _file.Database.Read(CdbPath.Parse("me/user/x")).Select(point => point.Value.AsDouble()));
        Assert.Equal(written, other.Entries.Count);
        LoggerStatus status = _file.Logger.GetStatus();
        Assert.Equal(0, status.Cached);
        Assert.All(status.Destinations, each => Assert.Equal((0, written), (each.SetAside, each.Sent)));
    }

    private Task<SyncResult> Round() => _rounds.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
}
