using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Recovery of damaged logger files.</summary>
public sealed class LoggerRecoveryTests : IDisposable
{
    private const int Items = 3000;
    private const int PageSize = 4096;
    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, RecordingSink> _sinks = [];

    private string File => _folder["cache.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, PageSize, 0.5)]
    [InlineData(0, PageSize, 0.3, 0.31, 0.7)]
    [InlineData(1000, 1500, 0.4)]
    [InlineData(0, 8, 0.6, 0.8)]
    public async Task Entries_around_damaged_pages_are_recovered_and_the_lost_ones_counted(int offset, int length, params double[] places)
    {
        await Fill();
        Damage(offset, length, places);

        await using DataLogger logger = Open();

        RecoveryReport recovery = logger.Recovery!;
        Assert.InRange(recovery.Lost, 1, Items / 4);
        Assert.Equal(Items, recovery.Saved + recovery.Lost);
        Assert.False(recovery.IsIncomplete);
        LoggerStatus status = logger.GetStatus();
        Assert.Equal((recovery.Saved, recovery.Lost), (status.Cached, status.Damaged));
        Assert.Equal([recovery.DamagedFile], status.DamagedFiles);
        Assert.StartsWith($"{File}.damaged-", recovery.DamagedFile, StringComparison.Ordinal);
        Assert.Equal("cellar", logger.Settings.Name);

        logger.Write("x", Some.Point(Items, DataValue.From(Items)));
        Assert.True((await logger.SyncAsync(TimeSpan.Zero, Some.NoToken)).Succeeded);
        double[] sent = [.. _sinks["first"].Entries.Select(item => item.T)];
        Assert.Equal(sent.Order(), sent);
        Assert.Equal(recovery.Saved + 1, sent.Distinct().Count());
        Assert.Equal(Items, sent[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_lost_entries_of_blocks_of_many_are_counted(int fromEnd)
    {
        const int size = 2000;
        await using (DataLogger logger = Open())
        {
            logger.AddChannel(new LogChannel { Name = "x" });
            for (int i = 0; i < 5; i++)
            {
                logger.Write("x", Some.Numbers(size, i * size));
            }
        }

        // The time of the middle entry, in an overflow page of its block.
        byte[] file = await System.IO.File.ReadAllBytesAsync(File);
        int middle = file.AsSpan().LastIndexOf(BitConverter.GetBytes(((5 - fromEnd) * size) + (size / 2.0)));
        Overwrite(middle / PageSize * PageSize, new byte[PageSize]);

        await using DataLogger again = Open();

        Assert.Equal((4 * size, size), (again.Recovery!.Saved, again.Recovery.Lost));
    }

    [Fact]
    public async Task Damage_of_any_page_never_loses_entries_silently()
    {
        await Fill();
        byte[] whole = await System.IO.File.ReadAllBytesAsync(File);
        for (int page = 1; page < whole.Length / PageSize; page++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole);
            Overwrite((long)page * PageSize, Noise(PageSize));
            await using DataLogger logger = Open();
            LoggerStatus status = logger.GetStatus();
            Assert.True(status.Cached == Items || status.Damaged > 0, $"page {page}: {logger.Recovery}");
            Assert.True(status.Damaged == 0 || logger.Recovery is { Lost: > 0 }, $"page {page}: {logger.Recovery}");
            Assert.True(logger.Settings.Name == "cellar" || logger.Recovery is { IsIncomplete: true }, $"page {page}: {logger.Recovery}");
            Assert.True(logger.Sinks.Count == 1 || logger.Recovery is { IsIncomplete: true }, $"page {page}: {logger.Recovery}");
        }
    }

    [Fact]
    public async Task A_file_that_was_cut_at_any_byte_delivers_what_lies_before_the_cut_and_counts_the_rest()
    {
        await Fill();
        byte[] whole = await System.IO.File.ReadAllBytesAsync(File);

        // The pages are not in the order of the entries; the time of each tells its page. Zero is in every page, and a row in a page of keys
        // may be lost with the pages on both sides of it (docs/design/060-outbox.md).
        const byte Leaf = 10;
        int[] pages = [.. Enumerable.Range(0, Items).Select(n => whole.AsSpan().LastIndexOf(BitConverter.GetBytes((double)n)) / PageSize)];
        int[] inLeaves = [.. Enumerable.Range(1, Items - 1).Where(n => whole[pages[n] * PageSize] == Leaf)];
        Assert.InRange(inLeaves.Length, Items * 9 / 10, Items);
        Random random = new(3);
        for (int i = 0; i < 20; i++)
        {
            int length = random.Next(3 * PageSize, whole.Length);
            await System.IO.File.WriteAllBytesAsync(File, whole[..length]);
            RecordingSink sink = _sinks["first"] = new RecordingSink();
            await using DataLogger logger = Open();
            RecoveryReport recovery = logger.Recovery!;
            Assert.True(recovery.Lost > 0 || recovery.IsIncomplete, $"{length} bytes: {recovery}");
            if (logger.Sinks.Count == 0)
            {
                Assert.True(recovery.IsIncomplete, $"{length} bytes: {recovery}");
                logger.AddSink(new ConnectorDbSettings { Name = "first" });
            }

            Assert.True((await logger.SyncAsync(TimeSpan.Zero, Some.NoToken)).Succeeded);

            double[] sent = [.. sink.Entries.Select(entry => entry.T)];
            Assert.Equal((length, recovery.Saved), (length, sent.Length));
            Assert.Equal(sent.Distinct().Order(), sent);
            Assert.Empty(inLeaves.Where(n => (pages[n] + 1) * PageSize <= length).Select(n => (double)n).Except(sent));
            foreach (string file in Directory.GetFiles(_folder.Root, "cache.db.damaged-*"))
            {
                System.IO.File.Delete(file);
            }
        }
    }

    [Fact]
    public async Task A_recovered_file_is_intact()
    {
        await Fill();
        Damage(0, PageSize, 0.5);
        await Open().DisposeAsync();

        await using DataLogger again = Open();

        Assert.Null(again.Recovery);
        Assert.NotEqual(0, again.GetStatus().Damaged);
        Assert.Single(again.GetStatus().DamagedFiles);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in Directory.GetFiles(_folder.Root))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Entries_after_a_lost_end_reach_destinations_that_had_received_it()
    {
        await using (DataLogger logger = Open())
        {
            logger.AddSink(new ConnectorDbSettings { Name = "first" });
            logger.AddSink(new ConnectorDbSettings { Name = "second" });
            Write(logger);
            _sinks["first"] = new RecordingSink();
            _sinks["second"] = new RecordingSink { Answer = _ => throw new IOException("down") };
            await logger.SyncAsync(TimeSpan.Zero, Some.NoToken);
        }

        DamageEnd();
        _sinks["first"] = new RecordingSink();
        _sinks["second"] = new RecordingSink();
        await using DataLogger saved = Open();
        Assert.Equal(Items, saved.Recovery!.Saved + saved.Recovery.Lost);
        saved.Write("x", Some.Point(Items, DataValue.From(Items)));
        await saved.SyncAsync(TimeSpan.Zero, Some.NoToken);

        Assert.Equal([Items], _sinks["first"].Entries.Select(item => item.T));
        Assert.Equal(saved.Recovery.Saved + 1, _sinks["second"].Entries.Count);
    }

    [Theory]
    [InlineData("DROP TABLE channels", 0, true)]
    [InlineData("DROP TABLE entries", 0, false)]
    [InlineData("DROP TABLE positions", Items, true)]
    [InlineData("DROP TABLE destinations", Items, true)]
    [InlineData("DROP TABLE logger", Items, true)]
    [InlineData("DELETE FROM logger", Items, false)]
    [InlineData("UPDATE logger SET settings = '{'", Items, true)]
    [InlineData("UPDATE channels SET definition = '{'", 0, true)]
    public async Task A_file_without_a_table_or_row_is_recovered(string damage, int saved, bool isIncomplete)
    {
        await Fill();
        using (SqliteConnection connection = new($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA foreign_keys = OFF; " + damage;
            command.ExecuteNonQuery();
        }

        await using DataLogger logger = Open();

        RecoveryReport recovery = logger.Recovery!;
        Assert.Equal((saved, isIncomplete), (recovery.Saved, recovery.IsIncomplete));
        Assert.Equal(saved == 0, recovery.Lost > 0);
        logger.AddChannel(new LogChannel { Name = "y" });
        logger.Write("y", Some.Point(1, DataValue.From(1)));
        Assert.Equal(saved + 1, logger.GetStatus().Cached);
    }

    [Fact]
    public async Task A_damaged_file_in_use_is_left_alone_with_advice_to_close_it()
    {
        await Fill();
        await using (DataLogger other = Open())
        {
            Damage(0, PageSize, 0.5);

            StoreException error = Assert.Throws<StoreException>(Open);

            Assert.Equal(StoreFault.Damaged, error.Fault);
            Assert.Contains("open it again", error.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(_folder.Root, "*.damaged-*"));
            Assert.Contains("open it again", Assert.Throws<StoreException>(other.GetStatus).Message, StringComparison.Ordinal);
        }

        await using DataLogger alone = Open();
        Assert.InRange(alone.Recovery!.Saved, Items / 2, Items - 1);
    }

    [Fact]
    public async Task A_file_without_header_is_left_unchanged_with_advice()
    {
        await Fill();
        Overwrite(0, new byte[PageSize]);
        byte[] before = await System.IO.File.ReadAllBytesAsync(File);

        StoreException error = Assert.Throws<StoreException>(Open);

        Assert.Equal(StoreFault.Damaged, error.Fault);
        Assert.Contains("Move it away", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task A_recovery_interrupted_between_its_renames_is_completed()
    {
        await Fill();
        System.IO.File.Copy(File, $"{File}.damaged-20300101000000");
        System.IO.File.Move(File, $"{File}-rescue");

        await using DataLogger logger = Open();

        Assert.Equal(Items, logger.GetStatus().Cached);
    }

    private DataLogger Open() => DataLogger.Open(new DataLoggerOptions
    {
        Path = File,
        KeyFolder = _folder["keys"],
        Patience = TimeSpan.FromMilliseconds(500),
        OpenSink = settings => _sinks[settings.Name!],
    });

    private async Task Fill()
    {
        _sinks["first"] = new RecordingSink();
        await using DataLogger logger = Open();
        logger.Change(settings => settings with { Name = "cellar" });
        logger.AddSink(new ConnectorDbSettings { Name = "first" });
        Write(logger);
    }

    /// <summary>Writes each datapoint as a block of its own.</summary>
    private static void Write(DataLogger logger)
    {
        logger.AddChannel(new LogChannel { Name = "x" });
        logger.Write([.. Enumerable.Range(0, Items).Select(n => new LogBlock("x", Some.Point(n, DataValue.From(n))))]);
    }

    private void Damage(int offset, int length, params double[] places)
    {
        byte[] noise = Noise(length);
        long pages = new FileInfo(File).Length / PageSize;
        foreach (double place in places)
        {
            Overwrite(((long)(pages * place) * PageSize) + offset, noise);
        }
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private void DamageEnd()
    {
        byte[] file = System.IO.File.ReadAllBytes(File);
        int last = file.AsSpan().LastIndexOf(BitConverter.GetBytes((double)(Items - 1)).AsSpan());
        Overwrite(last / PageSize * PageSize, new byte[PageSize]);
    }

    private void Overwrite(long position, byte[] bytes)
    {
        using FileStream file = new(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Position = position;
        file.Write(bytes);
    }
}
