using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Destinations that hang, fail or reject, beside others that work.</summary>
public sealed class IndependentDestinationTests : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly LoggerFile _file = new(new Database());
    private readonly TaskCompletionSource _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RecordingSink _quick;
    private readonly RecordingSink _hanging;

    public IndependentDestinationTests()
    {
        _quick = _file.AddRecorder("quick");
        _hanging = _file.AddRecorder("hanging");
        _file.AddStream("x");
    }

    public async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _file.DisposeAsync();
    }

    [Fact]
    public async Task A_destination_that_hangs_does_not_delay_the_background_of_another()
    {
        Hang();
        System.Threading.Channels.Channel<SyncResult> results = System.Threading.Channels.Channel.CreateUnbounded<SyncResult>();
        _file.Logger.Synced += result => results.Writer.TryWrite(result);
        _file.Logger.Change(settings => settings with { IsContinuous = true });
        _file.Write("x", 1);
        _file.Logger.Start();
        await _hung.Task.WaitAsync(s_patience);

        for (int n = 2; n <= 4; n++)
        {
            _file.Write("x", n);
            while (_file.Logger.GetStatus().Destinations[0].Sent < n)
            {
                SyncResult result = await results.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
                Assert.Equal(("quick", true), (Assert.Single(result.Destinations).Destination, result.Succeeded));
            }
        }

        SyncResult last = (await _file.Logger.StopAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None))!;
        Assert.Equal([1.0, 2, 3, 4], _quick.Entries.Select(entry => entry.T));
        Assert.True(last.Destinations[1].IsBusy);
    }

    [Fact]
    public async Task A_manual_sync_ends_at_its_time_limit_although_a_destination_ignores_it()
    {
        Hang();
        _file.Write("x", 1);
        using CancellationTokenSource end = new();
        Task<SyncResult> sync = _file.Logger.SyncAsync(s_patience, end.Token);
        await _hung.Task.WaitAsync(s_patience);
        while (_file.Logger.GetStatus().Destinations[0].Sent == 0)
        {
            await Task.Yield();
        }

        await end.CancelAsync();

        SyncResult result = await sync.WaitAsync(s_patience);

        Assert.Equal(SyncResult.Failed, result.ExitCode);
        Assert.Equal(1, result.Destinations[0].Sent);
        Assert.Contains("does not respond", result.Destinations[1].Error, StringComparison.Ordinal);
        Assert.Equal(1.0, Assert.Single(_quick.Entries).T);
        Assert.Equal([0, 1], _file.Logger.GetStatus().Destinations.Select(each => each.Pending));
    }

    [Fact]
    public async Task The_status_of_a_destination_that_hangs_says_since_when()
    {
        Hang();
        DateTimeOffset began = _file.Database.Clock.GetUtcNow();
        _file.Write("x", 1);
        _file.Logger.Start();
        await _hung.Task.WaitAsync(s_patience);
        Assert.Null(_file.Logger.GetStatus().Destinations[1].LastError);
        _file.Database.Clock.Advance(TimeSpan.FromSeconds(4));

        DestinationStatus status = _file.Logger.GetStatus().Destinations[1];

        Assert.Contains($"not responded since {began.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC", status.LastError, StringComparison.Ordinal);
        Assert.Equal(began, status.LastErrorTime);
    }

    [Fact]
    public async Task A_logger_closes_although_a_destination_hangs()
    {
        Hang();
        DataLogger other = _file.Open();
        _file.Write("x", 1);
        other.Start();
        await _hung.Task.WaitAsync(s_patience);
        await other.DisposeAsync().AsTask().WaitAsync(s_patience);
        Assert.False(other.IsRunning);
    }

    [Fact]
    public async Task Rejected_entries_are_no_success()
    {
        _quick.Answer = batch => new BatchOutcome(batch.Count, [.. Enumerable.Range(0, batch.Count).Select(i => new RejectedEntry(i, "It is odd."))]);
        _file.Write("x", 1, 2);

        SyncResult result = await _file.Sync();

        Assert.Equal((false, SyncResult.Incomplete, 2), (result.Succeeded, result.ExitCode, result.SetAside));
        Assert.Contains("It is odd.", Assert.Single(result.Problems), StringComparison.Ordinal);
        DestinationStatus status = _file.Logger.GetStatus().Destinations[0];
        Assert.Contains("2 entries were set aside. It is odd.", status.LastError, StringComparison.Ordinal);
        Assert.Null(status.NextTry);
    }

    [Fact]
    public async Task A_logger_without_destinations_does_not_succeed()
    {
        _file.Logger.RemoveSink("quick");
        _file.Logger.RemoveSink("hanging");
        _file.Write("x", 1);

        SyncResult result = await _file.Sync();

        Assert.Equal((false, SyncResult.Failed), (result.Succeeded, result.ExitCode));
        Assert.Contains("no destination", Assert.Single(result.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_background_retries_when_a_failed_manual_sync_says()
    {
        System.Threading.Channels.Channel<SyncResult> results = System.Threading.Channels.Channel.CreateUnbounded<SyncResult>();
        _file.Logger.Start();
        _file.Logger.Synced += result => results.Writer.TryWrite(result);
        _quick.Answer = _ => throw new SinkException("Busy.", null) { RetryAfter = TimeSpan.FromSeconds(42) };
        _file.Write("x", 1);
        while ((await _file.Sync()).ExitCode != SyncResult.Failed)
        {
        }

        _quick.Answer = BatchOutcome.Accepted;
        while (_quick.Entries.Count == 0)
        {
            _file.Database.Clock.Advance(TimeSpan.FromSeconds(43));
            await results.Reader.WaitToReadAsync().AsTask().WaitAsync(s_patience);
            results.Reader.TryRead(out _);
        }
    }

    private void Hang() => _hanging.Answer = batch =>
    {
        _hung.TrySetResult();
        _end.Task.GetAwaiter().GetResult();
        return BatchOutcome.Accepted(batch);
    };
}
