using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Logging;

/// <summary>Syncs of a logger whose disk is full, to a file on another disk.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Rows = 300;
    private readonly TempFolder _folder = new();
    private SmallDisk? _disk;

    public void Dispose()
    {
        _disk?.Dispose();
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(200)]
    public async Task A_logger_drains_through_its_reserve_and_sends_nothing_twice(int size)
    {
        await using DataLogger logger = OpenOnSmallDisk();
        for (int i = 0; i < Rows; i++)
        {
            logger.Write("x", Some.Numbers(size, i * size));
        }

        Fill();
        Assert.Equal(StoreFault.DiskFull, Assert.Throws<StoreException>(() => logger.Write("x", Some.Numbers(1))).Fault);

        for (int i = 0; i < 3; i++)
        {
            await logger.SyncAsync(TimeSpan.Zero, Some.NoToken);
        }

        Assert.Equal(Rows * size, File.ReadAllLines(_folder["out.jsonl"]).Length);
        Assert.Equal(0, logger.GetStatus().Cached);
    }

    [SkippableFact]
    public async Task Nothing_is_sent_that_cannot_be_recorded_as_sent()
    {
        await using DataLogger logger = OpenOnSmallDisk();
        for (int i = 0; i < Rows; i++)
        {
            logger.Write("x", Some.Numbers(100, i * 100));
        }

        File.Delete(_folder["disk/cache.db-reserve"]);
        Fill();
        for (int i = 0; i < 3; i++)
        {
            SyncResult refused = await logger.SyncAsync(TimeSpan.Zero, Some.NoToken);
            Assert.Equal(SyncResult.Failed, refused.ExitCode);
            Assert.Contains("disk is full", refused.Destinations[0].Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_folder["out.jsonl"]));
        File.Delete(_folder["disk/ballast"]);
        Assert.True((await logger.SyncAsync(TimeSpan.Zero, Some.NoToken)).Succeeded);
        Assert.Equal(Rows * 100, File.ReadAllLines(_folder["out.jsonl"]).Length);
    }

    [SkippableFact]
    public async Task A_file_destination_on_a_full_disk_gets_nothing_twice()
    {
        await using DataLogger logger = OpenOnSmallDisk("disk/out.jsonl");
        for (int i = 0; i < Rows; i++)
        {
            logger.Write("x", Some.Numbers(100, i * 100));
        }

        Fill(leave: 64 << 10);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(SyncResult.Failed, (await logger.SyncAsync(TimeSpan.Zero, Some.NoToken)).ExitCode);
        }

        File.Delete(_folder["disk/ballast"]);
        Assert.True((await logger.SyncAsync(TimeSpan.Zero, Some.NoToken)).Succeeded);
        Assert.Equal(Rows * 100, File.ReadAllLines(_folder["disk/out.jsonl"]).Length);
    }

    [SkippableFact]
    public async Task A_destination_that_returns_receives_everything_once_after_another_one_although_the_disk_is_full()
    {
        RecordingSink late = new() { Answer = _ => throw new SinkException("Down.", null) };
        await using DataLogger logger = OpenOnSmallDisk(late: late);
        logger.AddSink(new ConnectorDbSettings { Name = "late" });
        for (int i = 0; i < Rows; i++)
        {
            logger.Write("x", Some.Numbers(100, i * 100));
        }

        Fill();
        await SyncThrice();
        Assert.Equal([(Rows * 100, 0), (0, Rows * 100)], logger.GetStatus().Destinations.Select(each => (each.Sent, each.Pending)));

        late.Answer = BatchOutcome.Accepted;
        await SyncThrice();

        Assert.Equal(Enumerable.Range(0, Rows * 100).Select(n => (double)n), late.Entries.Select(entry => entry.T));
        Assert.Equal(Rows * 100, File.ReadAllLines(_folder["out.jsonl"]).Length);
        Assert.Equal(0, logger.GetStatus().Cached);

        async Task SyncThrice()
        {
            for (int i = 0; i < 3; i++)
            {
                await logger.SyncAsync(TimeSpan.Zero, Some.NoToken);
            }
        }
    }

    private DataLogger OpenOnSmallDisk(string target = "out.jsonl", ISink? late = null)
    {
        _disk = SmallDisk.Mount(_folder["disk"], megabytes: 8);
        DataLogger logger = DataLogger.Open(new DataLoggerOptions
        {
            Path = _folder["disk/cache.db"],
            KeyFolder = _folder["keys"],
            OpenSink = settings => settings.Name == "late" ? late! : SinkCatalog.Open(settings, new SinkContext { Connect = _ => throw new NotSupportedException() }),
        });
        logger.AddChannel(new LogChannel { Name = "x" });
        logger.AddSink(new JsonFileSettings { Path = _folder[target] });
        return logger;
    }

    /// <summary>Another program takes all space.</summary>
    private void Fill(int leave = 0)
    {
        using FileStream ballast = new(_folder["disk/ballast"], FileMode.Create);
        byte[] page = new byte[4096];
        try
        {
            while (true)
            {
                ballast.Write(page);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            ballast.SetLength(ballast.Length - leave);
        }
    }
}
