using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Storage.Sqlite;

/// <summary>Files that other programs delete, replace or overwrite while they are open. Windows does not let them.</summary>
public sealed class ReplacedFileTests : IDisposable
{
    private static readonly SequenceKey s_key = new(1, 0);
    private readonly TempFolder _folder = new();

    private string FilePath => _folder["store.cdb"];

    private string CopyPath => _folder["copy.cdb"];

    public void Dispose() => _folder.Dispose();

    [Trait("Platform", "Unix")]
    [SkippableTheory]
    [InlineData("delete")]
    [InlineData("move")]
    [InlineData("replace")]
    [InlineData("overwrite")]
    [InlineData("overwrite after a checkpoint")]
    [InlineData("overwrite after its own checkpoint")]
    public void Nothing_is_acknowledged_after_a_program_did_this_to_the_file(string deed)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let other programs do this.");
        MakeCopy();
        using (SqliteStore store = Open())
        {
            Append(store, 1);
            if (deed.EndsWith("its own checkpoint", StringComparison.Ordinal))
            {
                Core.Files.OpenFiles.Complete();
            }
            else if (deed.EndsWith("checkpoint", StringComparison.Ordinal))
            {
                Checkpoint();
                Append(store, 1);
            }

            Do(deed);
            for (int i = 0; i < 2; i++)
            {
                StoreException error = Assert.Throws<StoreException>(() => Append(store, 1));
                Assert.Equal(StoreFault.Replaced, error.Fault);
                Assert.Contains("Connect-Cdb", error.Message, StringComparison.Ordinal);
            }
        }

        // The log of the old file is not applied to the new one.
        using SqliteStore again = Open();
        Assert.Equal(deed is "delete" or "move" ? 0 : 3, Count(again));
        Append(again, 2);
    }

    [Trait("Platform", "Unix")]
    [SkippableFact]
    public void Also_the_first_write_of_a_connection_is_refused_after_the_file_was_overwritten()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let other programs do this.");
        MakeCopy();
        using SqliteStore first = Open();
        Append(first, 1);
        using SqliteStore second = Open();
        Do("overwrite");

        Assert.Equal(StoreFault.Replaced, Assert.Throws<StoreException>(() => Append(second, 1)).Fault);
        Assert.Equal(StoreFault.Replaced, Assert.Throws<StoreException>(() => Append(first, 1)).Fault);
    }

    [Trait("Platform", "Unix")]
    [SkippableFact]
    public void A_file_that_was_overwritten_by_an_older_one_with_its_time_is_noticed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let other programs do this.");
        MakeCopy();
        using SqliteStore store = Open();
        Append(store, 50_000);
        Checkpoint();
        Append(store, 1);
        DateTime time = File.GetLastWriteTimeUtc(FilePath);
        Do("overwrite");
        File.SetLastWriteTimeUtc(FilePath, time);

        Assert.Equal(StoreFault.Replaced, Assert.Throws<StoreException>(() => Append(store, 1)).Fault);
    }

    [Trait("Platform", "Unix")]
    [SkippableFact]
    public void A_file_that_was_overwritten_after_another_connection_began_the_log_again_is_noticed_by_both()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let other programs do this.");
        MakeCopy();
        using SqliteStore store = Open();
        using SqliteStore other = Open();
        Append(store, 50_000);
        Checkpoint();
        Append(store, 1);
        Append(other, 50_000);
        Checkpoint();
        Append(other, 1);
        Do("overwrite");

        Assert.Equal(StoreFault.Replaced, Assert.Throws<StoreException>(() => Append(store, 1)).Fault);
        Assert.Equal(StoreFault.Replaced, Assert.Throws<StoreException>(() => Append(other, 1)).Fault);
    }

    [Trait("Platform", "Unix")]
    [SkippableFact]
    public void A_changed_mode_of_the_file_alone_is_no_replacement()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no modes.");
        using SqliteStore store = Open();
        Append(store, 1);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        Append(store, 1);

        Assert.Equal(2, Count(store));
    }

    [Trait("Platform", "Unix")]
    [SkippableFact]
    public async Task A_logger_whose_file_was_deleted_acknowledges_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let other programs do this.");
        await using DataLogger logger = DataLogger.Open(new DataLoggerOptions { Path = FilePath, OpenSink = _ => throw new InvalidOperationException() });
        logger.AddChannel(new ConnectorDb.Logging.LogChannel { Name = "x" });
        File.Delete(FilePath);

        StoreException error = Assert.Throws<StoreException>(() => logger.AddChannel(new ConnectorDb.Logging.LogChannel { Name = "y" }));
        Assert.Equal(StoreFault.Replaced, error.Fault);
    }

    [Trait("Platform", "Unix")]
    [SkippableFact]
    public void The_log_of_a_new_store_is_kept_when_the_old_one_is_closed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows does not let other programs do this.");
        string log = $"{FilePath}-wal";
        using (SqliteStore old = Open())
        {
            Append(old, 1);
            foreach (string file in Directory.GetFiles(_folder.Root))
            {
                File.Delete(file);
            }

            // The new store is left as a killed process leaves it.
            using (SqliteStore made = Open())
            {
                Append(made, 5);
                File.Copy(FilePath, CopyPath);
                File.Copy(log, $"{CopyPath}-wal");
            }

            File.Move(CopyPath, FilePath, overwrite: true);
            File.Move($"{CopyPath}-wal", log);
        }

        using SqliteStore again = Open();
        Assert.Equal(5, Count(again));
    }

    [Fact]
    public async Task Checkpoints_of_other_connections_are_no_replacement()
    {
        const int Rounds = 300;
        using SqliteStore one = Open();
        using SqliteStore other = Open();
        using CancellationTokenSource isOver = new();
        Task checkpoints = Task.Run(() =>
        {
            while (!isOver.IsCancellationRequested)
            {
                Checkpoint();
            }
        });
        await Task.WhenAll(new[] { one, other }.Select(store => Task.Run(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Append(store, 40);
            }
        })));
        await isOver.CancelAsync();
        await checkpoints;

        Assert.Equal(2 * Rounds * 40, Count(one));
    }

    private void Do(string deed)
    {
        switch (deed)
        {
            case "delete":
                File.Delete(FilePath);
                break;
            case "move":
                File.Move(FilePath, _folder["elsewhere.cdb"]);
                break;
            case "replace":
                File.Move(CopyPath, FilePath, overwrite: true);
                break;
            default:
                File.Copy(CopyPath, FilePath, overwrite: true);
                break;
        }
    }

    private void MakeCopy()
    {
        using (SqliteStore store = Open())
        {
            Append(store, 3);
        }

        File.Copy(FilePath, CopyPath);

        // File.Copy keeps the time; a file of the same time has the same content.
        File.SetLastWriteTimeUtc(CopyPath, DateTime.UtcNow.AddHours(-1));
    }

    private void Checkpoint()
    {
        using SqliteConnection connection = new($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        command.ExecuteNonQuery();
    }

    private SqliteStore Open() => SqliteStore.Open(new SqliteStoreOptions { Path = FilePath });

    private static long Count(SqliteStore store) => store.Read(reader => reader.End(s_key).Count, Some.NoToken);

    private static void Append(SqliteStore store, int count) => store.Write(
        writer =>
        {
            double first = writer.End(s_key).Count;
            double[] times = [.. Enumerable.Range(0, count).Select(i => first + i)];
            writer.Append(s_key, new Columns.Block(times, new Columns.NumberColumn(times.Select(t => Math.Sin(t)).ToArray())));
            return true;
        },
        Some.NoToken);
}
