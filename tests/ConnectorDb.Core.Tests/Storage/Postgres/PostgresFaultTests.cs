using System.Globalization;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Postgres;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Storage.Postgres;

/// <summary>Servers that fail, and several programs at one database.</summary>
public sealed class PostgresFaultTests : IClassFixture<PostgresServer>, IDisposable
{
    private readonly PostgresServer _server;
    private readonly TempFolder _folder = new();
    private readonly string _database;

    public PostgresFaultTests(PostgresServer server)
    {
        server.SkipWhenMissing();
        _server = server;
        _database = server.EmptyDatabase();
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_user_with_the_rights_of_a_writer_reads_and_writes()
    {
        OpenEngine(_database).Dispose();
        _server.Execute("tests", """
            DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN;
            GRANT USAGE ON SCHEMA connectordb TO writer; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA connectordb TO writer
            """);
        using PostgresStore store = PostgresStore.Open(new PostgresStoreOptions { Address = Url("writer", "tests") });
        DeviceRecord device = store.Read(reader => reader.FindDevice(CdbPath.Parse("me/user")), Some.NoToken)!;

        SequenceKey key = store.Write(writer => writer.Add(new StreamRecord { DeviceId = device.Id, Path = device.Path.Child("s") }), Some.NoToken).KeyOf(false);
        store.Write(
            writer =>
            {
                writer.Append(key, Some.Numbers(5000));
                return 0;
            },
            Some.NoToken);

        Assert.Equal(5000, store.Read(reader => reader.End(key), Some.NoToken).Count);
        _server.Execute("tests", "DROP OWNED BY writer; DROP ROLE writer");
    }

    [SkippableFact]
    public void Many_that_open_an_empty_database_at_once_make_one_store()
    {
        Guid[] ids = new Guid[6];
        Parallel.For(0, ids.Length, i =>
        {
            using PostgresStore store = Open();
            ids[i] = store.Id;
        });

        Assert.Single(ids.Distinct());
    }

    [SkippableFact]
    public async Task After_a_restart_of_the_server_reads_and_appends_go_on()
    {
        using PostgresStore store = Open();
        SequenceKey key = NewSequence(store);
        Append(store, key, 0);

        await _server.RestartAsync();
        Assert.Equal(1, store.Read(reader => reader.End(key), Some.NoToken).Count);
        Append(store, key, 1);
        await _server.RestartAsync();
        store.Write(writer => writer.Add(new UserRecord { Path = CdbPath.ForUser("later") }), Some.NoToken);

        Assert.Equal(2, store.Read(reader => reader.End(key), Some.NoToken).Count);
    }

    [SkippableFact]
    public void After_its_connections_were_cut_reads_and_appends_go_on()
    {
        using PostgresStore store = Open();
        SequenceKey key = NewSequence(store);
        for (int i = 0; i < 5; i++)
        {
            Append(store, key, i);
            _server.Execute("tests", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ConnectorDb'");
            Assert.Equal(i + 1, store.Read(reader => reader.End(key), Some.NoToken).Count);
        }
    }

    [SkippableFact]
    public void A_database_without_a_free_connection_is_reported_and_used_again_later()
    {
        OpenEngine(_database).Dispose();
        _server.Execute("tests", """
            DROP ROLE IF EXISTS few; CREATE ROLE few LOGIN CONNECTION LIMIT 1;
            GRANT USAGE ON SCHEMA connectordb TO few; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA connectordb TO few
            """);
        using PostgresStore store = PostgresStore.Open(new PostgresStoreOptions { Address = Url("few", "tests") });

        StoreException error = Assert.Throws<StoreException>(() => store.Read(_ => store.Read(reader => reader.TreeVersion, Some.NoToken), Some.NoToken));

        Assert.Equal((StoreFault.Locked, true), (error.Fault, error.Message.Contains("max_connections", StringComparison.Ordinal)));
        Assert.True(store.Read(reader => reader.TreeVersion, Some.NoToken) > 0);
        store.Dispose();
        _server.Execute("tests", "DROP OWNED BY few; DROP ROLE few");
    }

    [SkippableFact]
    public void A_program_that_uses_all_its_connections_is_told_about_the_setting()
    {
        using PostgresStore store = PostgresStore.Open(new PostgresStoreOptions { Address = $"{_database};Maximum Pool Size=1;Timeout=1" });

        StoreException error = Assert.Throws<StoreException>(() => store.Read(_ => store.Read(reader => reader.TreeVersion, Some.NoToken), Some.NoToken));

        Assert.Equal((StoreFault.Locked, true), (error.Fault, error.Message.Contains("Maximum Pool Size", StringComparison.Ordinal)));
        Assert.Equal(0, store.Read(reader => reader.TreeVersion, Some.NoToken));
    }

    /// <summary>PostgreSQL reports a full disk with the same error as this trigger, and then goes on.</summary>
    [SkippableFact]
    public void A_full_disk_is_reported_and_appends_go_on_when_it_has_space_again()
    {
        using PostgresStore store = Open();
        SequenceKey key = NewSequence(store);
        Append(store, key, 0);
        _server.Execute("tests", """
            CREATE FUNCTION connectordb.fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON connectordb.tail EXECUTE FUNCTION connectordb.fill()
            """);

        StoreException error = Assert.Throws<StoreException>(() => Append(store, key, 1));

        Assert.Equal((StoreFault.DiskFull, true), (error.Fault, error.Message.Contains("Free space", StringComparison.Ordinal)));
        _server.Execute("tests", "DROP TRIGGER full_disk ON connectordb.tail");
        Append(store, key, 1);
        Assert.Equal(2, store.Read(reader => reader.End(key), Some.NoToken).Count);
    }

    /// <summary>PostgreSQL answers with success when only its wait for the standby is cancelled.</summary>
    [SkippableFact]
    public async Task An_append_that_the_standby_did_not_confirm_is_not_acknowledged()
    {
        using PostgresStore store = Open();
        SequenceKey key = NewSequence(store);
        _server.Execute("tests", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        _server.Execute("tests", "SELECT pg_reload_conf()");
        try
        {
            Task append = Task.Run(() => Append(store, key, 0));
            while (_server.Execute("tests", "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") == "0")
            {
            }

            StoreException error = await Assert.ThrowsAsync<StoreException>(() => append);
            Assert.Contains("its standby did not confirm it", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            _server.Execute("tests", "ALTER SYSTEM RESET synchronous_standby_names");
            _server.Execute("tests", "SELECT pg_reload_conf()");
        }
    }

    /// <summary>The versions of the sequences tell that another process was first.</summary>
    [SkippableFact]
    public void Two_servers_that_append_to_one_stream_lose_and_double_nothing()
    {
        using PostgresStore one = Open();
        using PostgresStore other = Open();
        SequenceKey key = NewSequence(one);
        const int Times = 200;
        Parallel.ForEach((PostgresStore[])[one, other], store =>
        {
            for (int i = 0; i < Times; i++)
            {
                Append(store, key, null);
            }
        });

        Assert.Equal(2 * Times, one.Read(reader => reader.End(key), Some.NoToken).Count);
        Assert.Equal(2 * Times, other.Read(reader => reader.Summarize(key, 0, 2 * Times), Some.NoToken).Numbers!.Value.Sum);
    }

    [SkippableFact]
    public void A_key_of_an_append_is_taken_once_over_all_servers()
    {
        using PostgresStore one = Open();
        using PostgresStore other = Open();
        SequenceKey key = NewSequence(one);
        long device = one.Read(reader => reader.FindDevice(CdbPath.Parse("u/d")), Some.NoToken)!.Id;
        Parallel.ForEach((PostgresStore[])[one, other, one, other], store => store.Write(
            writer =>
            {
                if (writer.FindReceipt(device, "key") is null)
                {
                    writer.Append(key, end => Some.Point((end.NewestT ?? 0) + 1, DataValue.From(1.0)));
                    writer.Keep(new Receipt(device, "key", 1, 1, "u/d/s"), 0);
                }

                return 0;
            },
            Some.NoToken));

        Assert.Equal(1, one.Read(reader => reader.End(key), Some.NoToken).Count);
    }

    /// <summary>Appends of a process are stored together, but one that must wait for a row leaves the others.</summary>
    [SkippableTheory]
    [InlineData("SELECT FROM sequences WHERE stream = {0} FOR UPDATE")]
    [InlineData("SELECT FROM streams WHERE id = {0} FOR UPDATE")]
    public async Task A_row_that_another_program_locks_delays_only_its_own_stream(string statement)
    {
        using PostgresStore store = Open();
        SequenceKey locked = NewSequence(store);
        SequenceKey free = NewSequence(store, "other");
        Append(store, free, 0);
        Append(store, locked, 0);
        Task waiting;
        using (await _server.LockAsync("SET search_path = connectordb; " + string.Format(CultureInfo.InvariantCulture, statement, locked.Stream)))
        {
            waiting = Task.WhenAll(Enumerable.Range(1, 5).Select(_ => AppendAsync(store, locked)));
            for (int i = 1; i <= 20; i++)
            {
                await AppendAsync(store, free);
            }

            store.Write(writer => writer.Add(new UserRecord { Path = CdbPath.ForUser("later") }), Some.NoToken);
        }

        await waiting;
        await AppendAsync(store, locked);
        Assert.Equal((21, 7), (store.Read(reader => reader.End(free), Some.NoToken).Count, store.Read(reader => reader.End(locked), Some.NoToken).Count));
    }

    [SkippableFact]
    public async Task A_row_that_stays_locked_is_reported_with_the_query_that_finds_the_other_program()
    {
        using PostgresStore store = PostgresStore.Open(new PostgresStoreOptions { Address = $"{_database};Command Timeout=6" });
        SequenceKey key = NewSequence(store);
        Append(store, key, 0);
        using (await _server.LockAsync("SELECT FROM connectordb.sequences FOR UPDATE"))
        {
            StoreException error = await Assert.ThrowsAsync<StoreException>(() => AppendAsync(store, key));
            Assert.Equal((StoreFault.Locked, true), (error.Fault, error.Message.Contains("idle in transaction", StringComparison.Ordinal)));
        }

        await AppendAsync(store, key);
        Assert.Equal(2, store.Read(reader => reader.End(key), Some.NoToken).Count);
    }

    private PostgresStore Open() => PostgresStore.Open(new PostgresStoreOptions { Address = _database });

    private CdbEngine OpenEngine(string address)
    {
        CdbEngine engine = StoreFactory.OpenEngine(address, _folder["keys"], TimeProvider.System);
        engine.CreateOwner(CdbPath.ForUser("me"), Some.NoToken);
        return engine;
    }

    private string Url(string user, string database) => $"postgres://{user}@127.0.0.1:{_server.Port}/{database}";

    private static SequenceKey NewSequence(PostgresStore store, string name = "u") => store.Write(
        writer =>
        {
            UserRecord user = writer.Add(new UserRecord { Path = CdbPath.ForUser(name) });
            DeviceRecord device = writer.Add(new DeviceRecord { UserId = user.Id, Path = user.Path.Child("d") });
            return writer.Add(new StreamRecord { DeviceId = device.Id, Path = device.Path.Child("s") }).KeyOf(false);
        },
        Some.NoToken);

    private static async Task AppendAsync(PostgresStore store, SequenceKey key) => await store.WriteAsync(
        writer =>
        {
            writer.Append(key, end => Some.Point((end.NewestT ?? 0) + 1, DataValue.From(1.0)));
            return 0;
        },
        Some.NoToken);

    private static void Append(PostgresStore store, SequenceKey key, double? t) => store.Write(
        writer =>
        {
            writer.Append(key, end => Some.Point(t ?? (end.NewestT ?? 0) + 1, DataValue.From(1.0)));
            return 0;
        },
        Some.NoToken);
}
