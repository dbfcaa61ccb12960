using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Backups;
using ConnectorDb.Core.Storage.Sqlite;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Storage.Backups;

/// <summary>Backups and restores that are stopped at any step, or run beside writers.</summary>
public sealed class StoreBackupTests : IDisposable
{
    private const int Size = 100;
    private static readonly SequenceKey s_key = new(1000, 0);
    private readonly Database _database = new();
    private readonly TempFolder _folder = new();
    private readonly CdbPath _stream;

    public StoreBackupTests() => _stream = _database.AddStream("me/user/x");

    private string Destination => _folder["backup.cdb"];

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_that_is_stopped_at_any_step_leaves_the_destination_as_it_was(bool isThere)
    {
        Fill(50_000);
        byte[]? before = isThere ? MakeOther() : null;
        int steps = 0;
        Copy(_folder["all.cdb"], _ => steps++);
        Assert.InRange(steps, 3, int.MaxValue);
        for (int stop = 1; stop <= steps; stop++)
        {
            int left = stop;
            Assert.Throws<InvalidOperationException>(() => Copy(Destination, _ =>
            {
                if (--left == 0)
                {
                    throw new InvalidOperationException("stopped");
                }
            }));
            Assert.Equal(before, File.Exists(Destination) ? File.ReadAllBytes(Destination) : null);
            Assert.Empty(Directory.GetFiles(_folder.Root, "backup.cdb.*.part*"));
        }
    }

    [Fact]
    public void A_process_that_is_killed_while_it_backs_up_or_restores_leaves_a_whole_store()
    {
        const int Kills = 12;
        const int Count = 200_000;
        Fill(Count);
        Random random = new(7);
        MakeOther();
        for (int i = 0; i < Kills; i++)
        {
            using (CopyProcess process = new(_database.File, Destination))
            {
                process.KillAfter(random.Next(1, 40));
            }

            // The old store has no stream, and the copy all datapoints.
            StoreBackup look = Copy(_folder["look.cdb"], _ => { }, Destination);
            Assert.Contains((look.Streams, look.Datapoints), new[] { (0L, 0L), (1L, Count) });
        }

        Assert.Equal(Count, Copy(Destination, _ => { }).Datapoints);
    }

    [SkippableFact]
    public void A_copy_to_a_full_disk_leaves_the_destination_as_it_was()
    {
        double[] noise = [.. Enumerable.Range(0, 500_000).Select(i => Math.Sin(i))];
        _database.Append(_stream, new Columns.Block(Enumerable.Range(0, noise.Length).Select(i => (double)i).ToArray(), new Columns.NumberColumn(noise)));
        using SmallDisk disk = SmallDisk.Mount(_folder["disk"], megabytes: 1);
        string destination = Path.Combine(_folder["disk"], "backup.cdb");
        using (Database other = new())
        {
            other.Engine.Dispose();
            StoreBackups.Copy(other.File, destination, replaces: false, alsoDamaged: false, _ => { }, Some.NoToken);
        }

        byte[] before = File.ReadAllBytes(destination);

        StoreException error = Assert.Throws<StoreException>(() => Copy(destination, _ => { }));

        Assert.Equal(StoreFault.DiskFull, error.Fault);
        Assert.Equal(before, File.ReadAllBytes(destination));
        Assert.Equal([destination], Directory.GetFiles(_folder["disk"]));
    }

    [SkippableFact]
    public void A_restore_to_a_link_replaces_the_store_that_it_names()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need a right on Windows.");
        Fill(10);
        string target = _folder["target.cdb"];
        Copy(target, _ => { });
        Fill(20, from: 10);
        Copy(Destination, _ => { });
        File.CreateSymbolicLink(_folder["link.cdb"], target);

        StoreBackup restored = Copy(_folder["link.cdb"], _ => { }, Destination);

        Assert.Equal((target, 30L), (restored.Path, restored.Datapoints));
        Assert.Equal(target, new FileInfo(_folder["link.cdb"]).LinkTarget);
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Path = _folder["link.cdb"] });
        Assert.Equal((target, 30L), (store.Location, store.Read(reader => reader.End(new SequenceKey(1, 0)).Count, Some.NoToken)));
    }

    [Fact]
    public void A_copy_beside_a_writer_is_one_state()
    {
        using WriterProcess writer = new(_database, _stream, Size, int.MaxValue);
        for (int i = 0; i < 10; i++)
        {
            long acknowledged = writer.Next() ?? 0;
            StoreBackup backup = Copy(Destination, _ => { });
            Assert.InRange(backup.Datapoints, acknowledged + 1, long.MaxValue);
            Assert.Equal(0, backup.Datapoints % Size);
        }
    }

    [Fact]
    public void A_store_that_another_process_has_open_is_not_replaced()
    {
        Fill(10);
        Copy(Destination, _ => { });
        using WriterProcess writer = new(_database, _stream, Size, int.MaxValue);
        writer.Next();
        StoreException error = Assert.Throws<StoreException>(() => Copy(_database.File, _ => { }, Destination));
        Assert.Equal(StoreFault.Locked, error.Fault);
        Assert.NotNull(writer.Next());
    }

    [Fact]
    public void A_program_that_opens_a_store_while_it_is_restored_loses_nothing_that_it_wrote_to_the_new_one()
    {
        Copy(Destination, _ => { });
        for (int i = 0; i < 20; i++)
        {
            string path = _folder[$"store{i}.cdb"];
            List<double> acknowledged = [];

            // The first restore finds no store, unless the other program has made it.
            for (int restore = 0; restore < 2; restore++)
            {
                Parallel.Invoke(() => TryAppend(path, acknowledged), () => TryCopy(path));
            }

            Assert.True(TryAppend(path, acknowledged));
            using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Path = path });
            double[] stored = store.Read(reader => reader.Read(s_key, 0, long.MaxValue).Times.ToArray(), Some.NoToken);
            Assert.Equal(acknowledged.TakeLast(stored.Length), stored);
        }
    }

    /// <summary>Restores the backup, unless a program has the store open.</summary>
    private void TryCopy(string path)
    {
        try
        {
            Copy(path, _ => { }, Destination);
        }
        catch (StoreException error) when (error.Fault == StoreFault.Locked)
        {
            // The store stays as it was.
        }
    }

    /// <summary>Opens the store, appends the next number to a sequence that has no stream, and closes it.</summary>
    private static bool TryAppend(string path, List<double> acknowledged)
    {
        try
        {
            double next = acknowledged.Count;
            using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Path = path });
            store.Write(
                writer =>
                {
                    writer.Append(s_key, Some.Point(next, DataValue.From(next)));
                    return true;
                },
                Some.NoToken);
            acknowledged.Add(next);
            return true;
        }
        catch (StoreException error) when (error.Fault is StoreFault.Replaced or StoreFault.Locked)
        {
            return false;
        }
    }

    private byte[] MakeOther()
    {
        using Database other = new();
        other.Engine.Dispose();
        StoreBackups.Copy(other.File, Destination, replaces: false, alsoDamaged: false, _ => { }, Some.NoToken);
        return File.ReadAllBytes(Destination);
    }

    private void Fill(int count, int from = 0) => _database.Append(_stream, new Columns.Block(
        Enumerable.Range(from, count).Select(i => (double)i).ToArray(),
        new Columns.NumberColumn(Enumerable.Range(0, count).Select(i => Math.Sqrt(i)).ToArray())));

    private StoreBackup Copy(string destination, Action<double> progress, string? source = null)
        => StoreBackups.Copy(source ?? _database.File, destination, replaces: true, alsoDamaged: false, progress, Some.NoToken);
}
