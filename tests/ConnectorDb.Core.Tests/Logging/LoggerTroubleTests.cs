using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Loggers under concurrency, limits, full disks and damage.</summary>
public sealed class LoggerTroubleTests : IAsyncDisposable
{
    private readonly LoggerFile _file = new(new Database());

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task Several_loggers_on_one_file_deliver_everything_once()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (writer, token) =>
        {
            await using DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = _file.Path, KeyFolder = _file.Database.KeyFolder, OpenSink = _ => sink });
            for (int i = 0; i < 50; i++)
            {
                logger.Write("x", Some.Point((writer * 1000) + i, DataValue.From(i)), token);
            }
        });

        await _file.Sync();

        Assert.Equal(200, sink.Entries.Count);
        Assert.Equal(200, sink.Entries.Select(item => item.T).Distinct().Count());
        Assert.All(sink.Entries.GroupBy(item => Math.Floor(item.T / 1000)), group => Assert.Equal(group.Select(item => item.T).Order(), group.Select(item => item.T)));
    }

    [Fact]
    public async Task A_second_concurrent_sync_reports_busy()
    {
        TaskCompletionSource began = new();
        TaskCompletionSource end = new();
        RecordingSink sink = _file.AddRecorder();
        sink.Answer = batch =>
        {
            began.TrySetResult();
            end.Task.GetAwaiter().GetResult();
            return BatchOutcome.Accepted(batch);
        };
        _file.AddStream("x");
        _file.Write("x", 1);
        Task<SyncResult> first = _file.Sync();
        await began.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await using DataLogger other = _file.Open();

        SyncResult refused = await other.SyncAsync(TimeSpan.Zero, Some.NoToken);
        int told = 0;
        other.Synced += _ => told++;
        Assert.InRange((await other.SyncDueAsync(1, Some.NoToken)).TotalSeconds, 1, 60);
        Assert.Equal(0, told);
        other.Write("x", Some.Point(2, DataValue.From(2)));
        using CancellationTokenSource over = new();
        await over.CancelAsync();
        Assert.True((await other.SyncAsync(TimeSpan.FromSeconds(60), over.Token)).IsBusy);
        end.SetResult();

        Assert.True(refused.IsBusy);
        Assert.False(refused.Succeeded);
        Assert.True((await first).Succeeded);
        Assert.Equal([1.0, 2.0], sink.Entries.Select(item => item.T));
    }

    [Fact]
    public async Task At_the_size_limit_writes_are_rejected_or_old_entries_dropped_and_counted()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        long empty = new FileInfo(_file.Path).Length;
        _file.Logger.Change(settings => settings with { MaxBytes = empty + 200_000 });
        long written = 0;
        StoreException error = Assert.Throws<StoreException>(() =>
        {
            for (; written < 10_000; written++)
            {
                WriteThousand(written);
            }
        });
        Assert.Equal(StoreFault.LimitReached, error.Fault);
        Assert.Equal(written * 1000, _file.Logger.GetStatus().Cached);

        _file.Logger.Change(settings => settings with { WhenFull = BoundPolicy.DropOldest });
        for (int i = 0; i < 50; i++)
        {
            WriteThousand(written++);
        }

        LoggerStatus status = _file.Logger.GetStatus();
        Assert.Equal(written * 1000, status.Cached + status.Dropped);
        Assert.Equal(status.Dropped, status.Destinations[0].Dropped);
        await _file.Sync();
        Assert.Equal(status.Cached, sink.Entries.Count);
        Assert.Equal((written * 1000) - 1, sink.Entries[^1].T);
    }

    [Fact]
    public async Task The_age_limit_drops_only_old_entries()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Logger.Change(settings => settings with { MaxAge = TimeSpan.FromHours(1), WhenFull = BoundPolicy.DropOldest });
        _file.Write("x", 1);
        _file.Database.Clock.Advance(TimeSpan.FromMinutes(50));
        _file.Write("x", 2);
        _file.Database.Clock.Advance(TimeSpan.FromMinutes(50));
        _file.Write("x", 3);
        await _file.Sync();
        Assert.Equal([2.0, 3.0], sink.Entries.Select(item => item.T));
        Assert.Equal(1, _file.Logger.GetStatus().Dropped);
    }

    [SkippableFact]
    public async Task A_full_disk_fails_writes_without_losing_entries()
    {
        string folder = Path.Combine(Path.GetDirectoryName(_file.Path)!, "disk");
        using SmallDisk disk = SmallDisk.Mount(folder, megabytes: 2);
        RecordingSink sink = new();
        await using (DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = Path.Combine(folder, "cache.db"), KeyFolder = _file.Database.KeyFolder, OpenSink = _ => sink }))
        {
            logger.AddChannel(new LogChannel { Name = "x" });
            logger.AddSink(new ConnectorDb.Sinks.ConnectorDbSettings());
            string ballast = Path.Combine(folder, "ballast");
            File.WriteAllBytes(ballast, new byte[1 << 20]);
            int written = 0;
            StoreException error = Assert.Throws<StoreException>(() =>
            {
                for (; written < 10_000; written++)
                {
                    logger.Write("x", Some.Numbers(1000, written * 1000));
                }
            });
            Assert.Equal(StoreFault.DiskFull, error.Fault);

            File.Delete(ballast);
            logger.Write("x", Some.Numbers(1000, written++ * 1000));
            Assert.True((await logger.SyncAsync(TimeSpan.Zero, Some.NoToken)).Succeeded);
            Assert.Equal(Enumerable.Range(0, written * 1000).Select(n => (double)n), sink.Entries.Select(item => item.T));
        }
    }

    [Fact]
    public async Task A_clock_set_back_loses_no_entries()
    {
        _file.Logger.AddSink(_file.ToDatabase);
        _file.AddStream("x");
        _file.Database.Clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(2_000_000));
        WriteNow(1);
        await _file.Sync();
        _file.Database.Clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(1_990_000));
        WriteNow(2);
        _file.Database.Clock.AdjustTime(DateTimeOffset.FromUnixTimeSeconds(2_000_001));
        WriteNow(3);

        SyncResult result = await _file.Sync();

        Assert.Equal((1, 1), (result.Sent, result.SetAside));
        Assert.Equal([2_000_000, 2_000_001], _file.Stored("x"));
        Assert.Equal(1_990_000, Assert.Single(_file.Logger.ListDeadLetters()).Point.T);
    }

    [Fact]
    public async Task A_locked_file_rejects_writes_until_it_is_unlocked()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        using (SqliteConnection other = new($"Data Source={_file.Path};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            Assert.Equal(StoreFault.Locked, Assert.Throws<StoreException>(() => _file.Write("x", 1)).Fault);
        }

        _file.Write("x", 2);
        await _file.Sync();
        Assert.Equal(2.0, Assert.Single(sink.Entries).T);
    }

    [Fact]
    public async Task A_damaged_block_is_counted_and_the_others_are_sent()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Write("x", 1, 2);
        _file.Write("x", 3, 4, 5);
        _file.Write("x", 6);
        Change("UPDATE entries SET content = zeroblob(length(content)) WHERE start = 2");

        SyncResult result = await _file.Sync();

        Assert.Equal((3, 3, 3), (result.ExitCode, result.Sent, result.Damaged));
        Assert.Contains("3 entries", Assert.Single(result.Problems), StringComparison.Ordinal);
        Assert.Equal([1.0, 2.0, 6.0], sink.Entries.Select(item => item.T));
        Assert.Equal(3, _file.Logger.GetStatus().Damaged);
        _file.Write("x", 7);
        await _file.Sync();
        Assert.Equal(7.0, sink.Entries[^1].T);
    }

    [Fact]
    public async Task Damage_that_the_background_finds_is_told_once_by_the_next_result_and_stays_in_the_status()
    {
        _file.AddRecorder();
        _file.AddStream("x");
        _file.Write("x", 1, 2);
        Change("UPDATE entries SET content = zeroblob(length(content)) WHERE start = 0");
        TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _file.Logger.Synced += _ => synced.TrySetResult();
        _file.Logger.Start();
        await synced.Task.WaitAsync(TimeSpan.FromMinutes(1));

        SyncResult result = (await _file.Logger.StopAsync(TimeSpan.FromMinutes(1), CancellationToken.None))!;

        Assert.Equal((SyncResult.Incomplete, 2L), (result.ExitCode, result.Lost));
        Assert.Equal("2 entries were lost in the damaged file.", Assert.Single(result.Problems));
        Assert.EndsWith("; 2 lost to damage of the file", _file.Logger.GetStatus().ToString(), StringComparison.Ordinal);
        Assert.Equal(SyncResult.AllSent, (await _file.Sync()).ExitCode);
    }

    [Fact]
    public async Task A_completely_damaged_batch_in_flight_does_not_block_the_channel()
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        _file.Write("x", 1, 2, 3);
        _file.Write("x", 4);
        Change("INSERT INTO positions (destination, channel, position, flight, mark) SELECT destinations.id, channels.id, 0, 3, 'mark' FROM destinations, channels");
        Change("UPDATE entries SET content = zeroblob(length(content)) WHERE start = 0");

        Assert.Equal(SyncResult.Incomplete, (await _file.Sync()).ExitCode);

        Assert.Equal(4.0, Assert.Single(sink.Entries).T);
        Assert.Equal((0, 3), (_file.Logger.GetStatus().Cached, _file.Logger.GetStatus().Damaged));
    }

    [Fact]
    public async Task Entries_after_a_damaged_last_block_reach_destinations_that_had_received_it()
    {
        RecordingSink first = _file.AddRecorder("first");
        RecordingSink second = _file.AddRecorder("second");
        second.Answer = _ => throw new IOException("down");
        _file.AddStream("x");
        _file.Write("x", 1, 2);
        _file.Write("x", 3);
        await _file.Sync();
        Change("UPDATE entries SET content = zeroblob(length(content)) WHERE start = 2");
        second.Answer = BatchOutcome.Accepted;
        await _file.Sync();

        _file.Write("x", 4);
        await _file.Sync();

        Assert.Equal([1.0, 2.0, 3.0, 4.0], first.Entries.Select(item => item.T));
        Assert.Equal([1.0, 2.0, 4.0], second.Entries.Select(item => item.T));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_block_with_a_damaged_key_is_recovered_from_as_lost(bool isChannel)
    {
        RecordingSink sink = _file.AddRecorder();
        _file.AddStream("x");
        for (int i = 0; i < 20; i++)
        {
            _file.Write("x", 2 * i, (2 * i) + 1);
        }

        await _file.Logger.DisposeAsync();
        FlipKey(20, isChannel);
        await using DataLogger again = _file.Open();

        SyncResult result = await again.SyncAsync(TimeSpan.FromSeconds(60), Some.NoToken);

        Assert.Equal((38, 2), (again.Recovery!.Saved, again.Recovery.Lost));
        Assert.Equal(38, result.Sent);
        Assert.Equal(38, sink.Entries.Count);
    }

    [Fact]
    public async Task A_key_that_is_damaged_while_the_file_is_open_ends_the_sync_with_an_error()
    {
        _file.AddRecorder();
        _file.AddStream("x");
        for (int i = 0; i < 20; i++)
        {
            _file.Write("x", 2 * i, (2 * i) + 1);
        }

        Change("PRAGMA wal_checkpoint(TRUNCATE)");
        FlipKey(20, isChannel: false);

        SyncResult result = await _file.Sync();

        Assert.Equal(SyncResult.Failed, result.ExitCode);
        Assert.Contains("damaged", result.Destinations[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_program_is_not_a_logger()
    {
        File.WriteAllText(_file.Path + "2", "hello");
        Assert.Equal(StoreFault.NotAStore, Assert.Throws<StoreException>(() => DataLogger.Open(new DataLoggerOptions { Path = _file.Path + "2", OpenSink = _ => new RecordingSink() })).Fault);
        Assert.Equal(StoreFault.NotAStore, Assert.Throws<StoreException>(() => DataLogger.Open(new DataLoggerOptions { Path = _file.Database.File, OpenSink = _ => new RecordingSink() })).Fault);
    }

    /// <summary>Damages the key of a block in the file: its number, or its channel.</summary>
    /// <remarks>https://www.sqlite.org/fileformat.html#record_format: SQLite stores the numbers 0 and 1 as the types 8 and 9, without content, and the real 1,000,000 as an integer of three bytes.</remarks>
    private void FlipKey(byte number, bool isChannel)
    {
        // The logger has the file open, so that on Windows only one who lets others write may read it.
        using FileStream stream = new(_file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        int written = file.AsSpan().LastIndexOf((byte[])[number, 2, 0x0F, 0x42, 0x40]);
        int types = file.AsSpan(0, written).LastIndexOf((byte[])[9, 1, 1, 3, 0, 8]);
        file[isChannel ? types : written] ^= isChannel ? (byte)1 : (byte)0x40;
        stream.Position = 0;
        stream.Write(file);
    }

    /// <summary>Changes the file directly.</summary>
    private void Change(string sql)
    {
        using SqliteConnection other = new($"Data Source={_file.Path};Pooling=False");
        other.Open();
        using SqliteCommand command = other.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void WriteThousand(long nth) => _file.Write("x", [.. Enumerable.Range(0, 1000).Select(n => (nth * 1000) + n)]);

    private void WriteNow(long value) => _file.Logger.Write("x", Some.Point(double.NaN, DataValue.From(value)));
}
