using System.Globalization;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Backups;
using ConnectorDb.Core.Storage.Sqlite;
using ConnectorDb.Core.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Tests.Storage.Sqlite;

/// <summary>Damaged, locked and missing files: the error describes the fault, and no data is lost.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private static readonly SequenceKey s_key = new(1, 0);
    private readonly TempFolder _folder = new();

    private string FilePath => _folder["store.cdb"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hello")]
    [InlineData(null)]
    public void A_file_of_another_format_is_not_a_store_and_stays_unchanged(string? content)
    {
        File.WriteAllText(FilePath, content ?? new string('x', 10_000));

        Assert.Equal(StoreFault.NotAStore, Assert.Throws<StoreException>(Open).Fault);
        Assert.Equal(content ?? new string('x', 10_000), File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_database_of_another_program_is_not_a_store_and_stays_unchanged()
    {
        Sql("CREATE TABLE theirs (a); PRAGMA user_version = 3");
        byte[] before = File.ReadAllBytes(FilePath);

        Assert.Equal(StoreFault.NotAStore, Assert.Throws<StoreException>(Open).Fault);
        Assert.Equal(before, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public void A_store_of_a_newer_version_asks_for_an_update()
    {
        Open().Dispose();
        Sql("PRAGMA user_version = 99");

        StoreException error = Assert.Throws<StoreException>(Open);

        Assert.Equal(StoreFault.NewerVersion, error.Fault);
        Assert.Contains("Update", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is not the path of a file")]
    [InlineData("/", "is a folder")]
    [InlineData("folder/", "is a folder")]
    public void A_path_without_a_file_name_is_rejected(string path, string reason)
    {
        StoreException error = Assert.Throws<StoreException>(() => Open(path));
        Assert.Equal(StoreFault.Unreachable, error.Fault);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        error = Assert.Throws<StoreException>(() => DataLogger.Open(new DataLoggerOptions { Path = path, OpenSink = _ => throw new InvalidOperationException() }));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Trait("Platform", "Windows")]
    [SkippableTheory]
    [InlineData(@"C:\", "is a folder")]
    [InlineData(@"\\server\share", "is a folder")]
    [InlineData("NUL", "name of a device")]
    public void A_path_without_a_file_name_on_Windows_is_rejected(string path, string reason)
    {
        Skip.IfNot(OperatingSystem.IsWindows(), "Only Windows reads these paths so.");
        A_path_without_a_file_name_is_rejected(path, reason);
    }

    [Theory]
    [InlineData("users", "bob")]
    [InlineData("devices", "lamp")]
    [InlineData("streams", "light")]
    public void A_stored_name_that_is_none_is_damage(string table, string name)
    {
        using Database database = new();
        database.AddUser("bob");
        database.AddDevice("bob/lamp");
        database.AddStream("bob/lamp/light");
        using SqliteConnection connection = new($"Data Source={database.File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"UPDATE {table} SET name = 'a b' WHERE name = '{name}'";
        command.ExecuteNonQuery();

        StoreException error = Assert.Throws<StoreException>(() =>
        {
            foreach (CdbUser user in database.Engine.ListUsers(database.Me, "", int.MaxValue, Some.NoToken))
            {
                foreach (CdbDevice device in database.Engine.ListDevices(database.Me, user.GetPath(), "", int.MaxValue, Some.NoToken))
                {
                    database.Engine.ListStreams(database.Me, device.GetPath(), "", int.MaxValue, Database.NoClient, Some.NoToken);
                }
            }
        });

        Assert.Equal(StoreFault.Damaged, error.Fault);
        Assert.Contains("'a b'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_opened_without_locks_may_have_any_name()
    {
        string path = _folder["50% #1 ünï.cdb"];
        Open(path).Dispose();

        using SqliteSession session = SqliteFile.Open(path, SqliteAccess.ReadUnchanging);

        Assert.True(SqliteSchema.Format.IsThere(session, path));
    }

    [Fact]
    public void A_path_that_cannot_be_a_file_is_unreachable()
    {
        File.WriteAllText(_folder["file"], "");
        Directory.CreateDirectory(_folder["folder"]);

        Assert.Equal(StoreFault.Unreachable, Assert.Throws<StoreException>(() => Open(Path.Combine(_folder["file"], "store.cdb"))).Fault);
        Assert.Equal(StoreFault.Unreachable, Assert.Throws<StoreException>(() => Open(_folder["folder"])).Fault);
        Assert.Equal(StoreFault.Unreachable, Assert.Throws<StoreException>(() => Open(_folder[new string('x', 300)])).Fault);
    }

    [Fact]
    public void A_missing_folder_is_created()
    {
        string path = Path.Combine(_folder["new"], "deeper", "store.cdb");
        Open(path).Dispose();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void Opening_a_file_that_another_process_locks_waits_and_then_fails()
    {
        using SqliteStore store = Open();
        using SqliteConnection other = Connect();
        Sql(other, "BEGIN IMMEDIATE");

        StoreException error = Assert.Throws<StoreException>(() => Append(store, 1));
        Assert.Equal(StoreFault.Locked, error.Fault);
        Assert.Equal(0, Count(store));

        Sql(other, "COMMIT");
        Append(store, 1);
        Assert.Equal(1, Count(store));
    }

    [Fact]
    public void Waiting_for_a_lock_ends_when_it_is_cancelled()
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Path = FilePath });
        using SqliteConnection other = Connect();
        Sql(other, "BEGIN IMMEDIATE");
        using CancellationTokenSource source = new();
        using ManualResetEventSlim started = new();

        Task[] writers = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                started.Set();
                store.Write(writer => writer.ListUsers().Count(), source.Token);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        started.Wait();
        source.Cancel();

        Assert.All(writers, writer => Assert.ThrowsAny<OperationCanceledException>(() => writer.GetAwaiter().GetResult()));
    }

    [Fact]
    public void A_file_at_its_size_limit_loses_nothing_and_smaller_writes_still_fit()
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions { Path = FilePath, MaxPages = 100 });
        Append(store, 1000);

        StoreException error = Assert.Throws<StoreException>(() => Append(store, 200_000));

        Assert.Equal(StoreFault.DiskFull, error.Fault);
        Assert.Equal(1000, Count(store));
        Append(store, 1);
        Assert.Equal(1001, Count(store));
    }

    [SkippableFact]
    public void A_full_disk_loses_nothing_and_writes_continue_when_space_is_freed()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder["disk"], megabytes: 4);
        string path = Path.Combine(_folder["disk"], "store.cdb");
        string ballast = Path.Combine(_folder["disk"], "ballast");
        using (SqliteStore store = Open(path))
        {
            Append(store, 1000);
            File.WriteAllBytes(ballast, new byte[2 << 20]);

            StoreException error = Assert.Throws<StoreException>(() => Append(store, 1_000_000));
            Assert.Equal(StoreFault.DiskFull, error.Fault);
            Assert.Equal(1000, Count(store));

            File.Delete(ballast);
            Append(store, 1000);
            Assert.Equal(2000, Count(store));
        }

        using SqliteStore again = Open(path);
        Assert.Equal(2000, Count(again));
    }

    [SkippableFact]
    public void A_removal_on_a_full_disk_removes_nothing_and_succeeds_when_space_is_freed()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder["disk"], megabytes: 4);
        string path = Path.Combine(_folder["disk"], "store.cdb");
        string ballast = Path.Combine(_folder["disk"], "ballast");
        using SqliteStore store = Open(path);
        Append(store, 100_000);
        SmallDisk.Fill(ballast);

        StoreException error = Assert.Throws<StoreException>(() => store.Write(writer => Done(() => writer.Truncate(s_key, 1000)), Some.NoToken));
        Assert.Equal(StoreFault.DiskFull, error.Fault);
        Assert.Equal(100_000, Count(store));
        Assert.Equal(99_999, Read(store, 99_999));

        File.Delete(ballast);
        store.Write(writer => Done(() => writer.Truncate(s_key, 1000)), Some.NoToken);
        Assert.Equal(1000, Count(store));
        Append(store, 1);
        Assert.Equal(1000, Read(store, 1000));
    }

    [SkippableFact]
    public void A_store_that_cannot_be_written_can_be_read()
    {
        string folder = _folder["guarded"];
        string path = Path.Combine(folder, "store.cdb");
        using (SqliteStore store = Open(path))
        {
            Append(store, 10_000);
        }

        using ReadOnlyFolder guard = new(folder);
        using (SqliteStore store = Open(path))
        {
            Assert.Equal(10_000, Count(store));
            StoreException error = Assert.Throws<StoreException>(() => Append(store, 1));
            Assert.Equal(StoreFault.ReadOnly, error.Fault);
        }

        StoreException refused = Assert.Throws<StoreException>(() => Open(Path.Combine(folder, "other.cdb")));
        Assert.Equal(StoreFault.ReadOnly, refused.Fault);
    }

    [Fact]
    public void A_damaged_segment_is_reported_and_the_rest_is_read()
    {
        using SqliteStore store = Open();
        Append(store, 3 * 4096);
        Sql("UPDATE segments SET content = zeroblob(length(content)) WHERE start = 4096");

        StoreException error = Assert.Throws<StoreException>(() => Read(store, 5000));

        Assert.Equal(StoreFault.Damaged, error.Fault);
        Assert.Equal(4095, Read(store, 4095));
        Assert.Equal(8192, Read(store, 8192));
    }

    [Fact]
    public void A_file_with_overwritten_pages_is_reported_as_damaged()
    {
        using (SqliteStore store = Open())
        {
            Append(store, 100_000);
        }

        using (FileStream file = File.OpenWrite(FilePath))
        {
            file.Position = 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        Assert.Equal(StoreFault.Damaged, Assert.Throws<StoreException>(Open).Fault);
    }

    [Theory]
    [InlineData("DROP TABLE users")]
    [InlineData("DROP TABLE streams")]
    [InlineData("DROP TABLE segments")]
    [InlineData("DROP TABLE tail")]
    [InlineData("DROP TABLE arrivals")]
    [InlineData("DROP TABLE store")]
    [InlineData("DELETE FROM store")]
    [InlineData("DELETE FROM users")]
    [InlineData("ALTER TABLE segments RENAME COLUMN content TO other")]
    [InlineData("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE users (' WHERE name = 'users'")]
    public void A_store_whose_tables_are_not_as_they_should_be_is_damaged_and_not_copied(string damage)
    {
        using Database database = new();
        CdbPath stream = database.AddStream("me/user/x");
        database.Append(stream, Some.Numbers(5000));
        database.Append(stream, Some.Point(5000, DataValue.From(0.5)));
        database.Engine.Dispose();
        using (SqliteConnection connection = Connect(database.File))
        {
            Sql(connection, "PRAGMA foreign_keys = OFF");
            Sql(connection, damage);
        }

        StoreException error = Assert.Throws<StoreException>(() => StoreBackups.Copy(database.File, _folder["copy.cdb"], replaces: false, alsoDamaged: false, _ => { }, Some.NoToken));
        Assert.Equal(StoreFault.Damaged, error.Fault);
        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["copy.cdb"]));
        if (!damage.StartsWith("DELETE FROM users", StringComparison.Ordinal))
        {
            Assert.Equal(StoreFault.Damaged, Assert.Throws<StoreException>(() => ReadAll(database, stream)).Fault);
        }
    }

    [Fact]
    public void A_stored_schema_that_is_no_JSON_is_damage_of_that_stream()
    {
        using Database database = new();
        CdbPath stream = database.AddStream("me/user/x");
        CdbPath other = database.AddStream("me/user/y");
        using (SqliteConnection connection = Connect(database.File))
        {
            Sql(connection, "UPDATE streams SET schema = '{' WHERE name = 'x'");
        }

        StoreException error = Assert.Throws<StoreException>(() => database.Append(stream, Some.Point(1, DataValue.From(1))));
        Assert.Equal(StoreFault.Damaged, error.Fault);
        Assert.Contains("Set-CdbStream", error.Message, StringComparison.Ordinal);
        database.Append(other, Some.Point(1, DataValue.From(1)));
    }

    [Fact]
    public void Many_small_appends_end_up_in_whole_segments()
    {
        using SqliteStore store = Open();
        store.Write(
            writer =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    writer.Append(s_key, Some.Point(i, DataValue.From(i * 0.5)));
                }

                return 0;
            },
            Some.NoToken);

        Assert.Equal("4096 4096", Sql("SELECT group_concat(count, ' ') FROM segments"));
        Assert.Equal("1808", Sql("SELECT sum(count) FROM (SELECT count FROM tail UNION ALL SELECT count FROM arrivals)"));
        Assert.InRange(int.Parse(Sql("SELECT count(*) FROM (SELECT count FROM tail UNION ALL SELECT count FROM arrivals)")!, CultureInfo.InvariantCulture), 1, 150);
    }

    [Fact]
    public void A_short_append_that_is_damaged_harms_only_its_own_sequence()
    {
        SequenceKey other = new(2, 0);
        using (SqliteStore store = Open())
        {
            AppendOne(store, s_key, 0);
            AppendOne(store, other, 0);
        }

        Sql("UPDATE arrivals SET content = zeroblob(length(content)) WHERE stream = 1");
        using (SqliteStore store = Open())
        {
            for (int i = 1; i < 500; i++)
            {
                AppendOne(store, other, i);
            }

            Assert.Equal(StoreFault.Damaged, Assert.Throws<StoreException>(() => Read(store, 0)).Fault);
            Assert.Equal(500, store.Read(reader => reader.Read(other, 0, 500), Some.NoToken).Count);
        }
    }

    [Fact]
    public void Large_values_are_sealed_early()
    {
        using SqliteStore store = Open();
        for (int i = 0; i < 9; i++)
        {
            store.Write(writer => Done(() => writer.Append(s_key, Some.Point(i, DataValue.From(new string((char)('a' + i), 300_000))))), Some.NoToken);
        }

        Assert.Equal("4 4", Sql("SELECT group_concat(count, ' ') FROM segments"));
    }

    [Fact]
    public void The_space_of_deleted_data_is_reused()
    {
        using (SqliteStore store = Open())
        {
            Random random = new(1);
            double[] noise = [.. Enumerable.Range(0, 200_000).Select(_ => random.NextDouble())];
            store.Write(writer => Done(() => writer.Append(s_key, new Columns.Block(new double[noise.Length], new Columns.NumberColumn(noise)))), Some.NoToken);
        }

        long full = new FileInfo(FilePath).Length;
        using (SqliteStore store = Open())
        {
            store.Write(writer => Done(() => writer.Clear(s_key)), Some.NoToken);
        }

        Assert.InRange(full, 1 << 20, long.MaxValue);
        Assert.InRange(new FileInfo(FilePath).Length, 0, full / 10);
    }

    private static void AppendOne(SqliteStore store, SequenceKey key, int t)
        => store.Write(writer => Done(() => writer.Append(key, Some.Point(t, DataValue.From(0.5)))), Some.NoToken);

    private SqliteStore Open() => Open(FilePath);

    private static SqliteStore Open(string path) => SqliteStore.Open(new SqliteStoreOptions { Path = path, Patience = TimeSpan.FromMilliseconds(100) });

    private static void Append(SqliteStore store, int count) => store.Write(
        writer => Done(() =>
        {
            double first = writer.End(s_key).Count;
            Random random = new(1);
            double[] times = [.. Enumerable.Range(0, count).Select(i => first + i)];
            writer.Append(s_key, new Columns.Block(times, new Columns.NumberColumn(times.Select(_ => random.NextDouble()).ToArray())));
        }),
        Some.NoToken);

    private static long Count(SqliteStore store) => store.Read(reader => reader.End(s_key).Count, Some.NoToken);

    private static double Read(SqliteStore store, long index) => store.Read(reader => reader.Read(s_key, index, index + 1).Times.Span[0], Some.NoToken);

    private static void ReadAll(Database database, CdbPath stream)
    {
        using CdbEngine engine = new(Open(database.File), database.KeyFolder, TimeProvider.System);
        Some.Points(engine.Read(engine.LoginAs(stream.Parent!, Some.NoToken), new DataQuery(stream), Some.NoToken));
    }

    private SqliteConnection Connect() => Connect(FilePath);

    private static SqliteConnection Connect(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private string? Sql(string sql)
    {
        using SqliteConnection connection = Connect();
        return Sql(connection, sql);
    }

    private static string? Sql(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }

    private static bool Done(Action work)
    {
        work();
        return true;
    }
}
