using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Postgres;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Storage.Postgres;

/// <summary>Servers that are connected to different nodes of a cluster, and nodes that fail.</summary>
[Collection(CitusCollection.Name)]
public sealed class CitusTests : IDisposable
{
    private readonly CitusServers _cluster;
    private readonly TempFolder _folder = new();

    public CitusTests(CitusServers cluster)
    {
        cluster.SkipWhenMissing();
        _cluster = cluster;
        cluster.EmptyDatabase();
    }

    private int[] Nodes => [.. Enumerable.Range(0, _cluster.Workers + 1)];

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Many_that_open_an_empty_database_at_once_over_different_nodes_make_one_distributed_store()
    {
        Guid[] ids = new Guid[6];
        Parallel.For(0, ids.Length, i =>
        {
            using PostgresStore store = Open(i % Nodes.Length);
            ids[i] = store.Id;
        });

        Assert.Single(ids.Distinct());
        Assert.Equal("5", _cluster.Execute("tests", "SELECT count(*) FROM pg_dist_partition WHERE partmethod = 'h'"));
        Assert.Equal("2", _cluster.Execute("tests", "SELECT format FROM connectordb.store"));
    }

    [SkippableFact]
    public void A_stream_is_written_through_each_node_in_one_order()
    {
        using PostgresStore first = Open(0);
        SequenceKey[] keys = NewSequences(first);
        PostgresStore[] stores = [.. Nodes.Select(Open)];
        for (int i = 0; i < 9; i++)
        {
            Append(stores[i % stores.Length], keys, i);
        }

        Assert.All(stores, store => Assert.All(keys, key => Assert.Equal((9, 36.0), (Count(store, key), Sum(store, key)))));
        Array.ForEach(stores, store => store.Dispose());
    }

    /// <summary>The versions of the sequences tell that another process was first.</summary>
    [SkippableFact]
    public void Two_servers_that_append_to_one_stream_through_two_nodes_lose_and_double_nothing()
    {
        using PostgresStore one = Open(0);
        using PostgresStore other = Open(_cluster.Workers);
        SequenceKey key = NewSequences(one)[0];
        const int Times = 200;
        Parallel.ForEach((PostgresStore[])[one, other], store =>
        {
            for (int i = 0; i < Times; i++)
            {
                Append(store, [key], 1);
            }
        });

        Assert.Equal((2 * Times, 2.0 * Times), (Count(one, key), Sum(other, key)));
    }

    [SkippableFact]
    public void One_insert_id_through_all_nodes_is_stored_once()
    {
        PostgresStore[] stores = [.. Nodes.Select(Open)];
        SequenceKey[] keys = NewSequences(stores[0]);
        long device = stores[0].Read(reader => reader.FindDevice(CdbPath.Parse("u/d")), Some.NoToken)!.Id;
        Parallel.ForEach((PostgresStore[])[.. stores, .. stores], store => store.Write(
            writer =>
            {
                if (writer.FindReceipt(device, "key") is null)
                {
                    Array.ForEach(keys, key => writer.Append(key, end => Some.Point((end.NewestT ?? 0) + 1, DataValue.From(1.0))));
                    writer.Keep(new Receipt(device, "key", 1, 1, "u/d/s"), 0);
                }

                return 0;
            },
            Some.NoToken));

        Assert.All(keys, key => Assert.Equal(1, Count(stores[0], key)));
        Array.ForEach(stores, store => store.Dispose());
    }

    [SkippableFact]
    public async Task An_append_through_one_node_reaches_a_subscriber_at_another()
    {
        await using ICdbClient writer = OpenClient(1);
        await using ICdbClient reader = OpenClient(_cluster.Workers);
        CdbPath stream = CdbPath.Parse("me/user/s");
        await writer.CreateStreamAsync(stream, new StreamDefinition(), Some.NoToken);
        await using Follower follower = new(await reader.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));

        await writer.AppendAsync([new StreamBlock(stream, Some.Numbers(3, firstT: 1))], AppendOptions.Default, Some.NoToken);

        Assert.Equal([1.0, 2.0, 3.0], (await follower.Take(3)).Select(point => point.T));
    }

    [SkippableFact]
    public async Task An_address_of_several_nodes_uses_another_when_one_is_stopped()
    {
        using PostgresStore store = PostgresStore.Open(new PostgresStoreOptions { Address = _cluster.AddressOfWorkers() });
        SequenceKey[] keys = NewSequences(store);
        SequenceKey key = keys.First(key => _cluster.WorkerOf(key.Stream) == 2);
        Append(store, [key], 1);
        using CitusNode node = _cluster.Node(1);

        await node.StopAsync();
        Append(store, [key], 1);
        Assert.Equal(2, Count(store, key));
    }

    [SkippableFact]
    public void A_role_is_held_once_over_all_nodes()
    {
        using PostgresStore one = Open(0);
        using PostgresStore other = Open(1);
        using (IStoreLease? lease = one.TryHold("poller"))
        {
            Assert.True(lease!.Confirm());
            Assert.Null(other.TryHold("poller"));
        }

        using IStoreLease? next = other.TryHold("poller");
        Assert.NotNull(next);
        Assert.Null(one.TryHold("poller"));
    }

    [SkippableFact]
    public void A_removed_user_leaves_no_row_on_any_node()
    {
        using PostgresStore store = Open(1);
        SequenceKey[] keys = NewSequences(store);
        Append(store, keys, 1);
        store.Write(
            writer =>
            {
                writer.Append(keys[0], Some.Numbers(9000, firstT: 10));
                writer.Keep(new Receipt(writer.FindDevice(CdbPath.Parse("u/d"))!.Id, "key", 1, 1, "u/d/s"), 0);
                return 0;
            },
            Some.NoToken);

        store.Write(
            writer =>
            {
                writer.Remove(writer.FindUser(CdbPath.ForUser("u"))!);
                return 0;
            },
            Some.NoToken);

        foreach (string table in new[] { "users", "devices", "streams", "sequences", "segments", "tail", "receipts" })
        {
            Assert.Equal("0", _cluster.Execute("tests", $"SELECT count(*) FROM connectordb.{table}"));
        }
    }

    [SkippableFact]
    public void A_user_with_the_rights_of_a_writer_reads_and_writes_through_a_worker()
    {
        Open(0).Dispose();
        _cluster.Execute("tests", "DROP ROLE IF EXISTS writer", "CREATE ROLE writer LOGIN", "GRANT USAGE ON SCHEMA connectordb TO writer", "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA connectordb TO writer");
        using (PostgresStore store = PostgresStore.Open(new PostgresStoreOptions { Address = _cluster.Address(1) + ";Username=writer" }))
        {
            SequenceKey[] keys = NewSequences(store);
            Append(store, keys, 7);

            Assert.All(keys, key => Assert.Equal((1, 7.0), (Count(store, key), Sum(store, key))));
        }

        _cluster.Execute("tests", "DROP OWNED BY writer");
    }

    [SkippableFact]
    public async Task A_stopped_worker_stops_only_its_own_streams_and_loses_nothing()
    {
        using PostgresStore store = Open(1);
        (SequenceKey there, SequenceKey here) = OnTwoWorkers(store);
        using CitusNode node = _cluster.Node(2);
        Append(store, [there, here], 1);

        await node.StopAsync();
        for (int i = 0; i < 3; i++)
        {
            Append(store, [here], 1);
            StoreException error = Assert.Throws<StoreException>(() => Append(store, [there], 1));
            Assert.Equal(StoreFault.Unreachable, error.Fault);
        }

        StoreException unread = Assert.Throws<StoreException>(() => Count(store, there));
        Assert.Contains("Start that node again", unread.Message, StringComparison.Ordinal);
        Assert.Equal(4, Count(store, here));

        await node.ResumeAsync();
        Append(store, [there, here], 1);
        Assert.Equal((2, 5), (Count(store, there), Count(store, here)));
    }

    [SkippableFact]
    public async Task A_frozen_worker_delays_only_its_own_streams_and_loses_nothing()
    {
        using PostgresStore store = PostgresStore.Open(new PostgresStoreOptions { Address = _cluster.Address(1) + ";Command Timeout=9" });
        (SequenceKey there, SequenceKey here) = OnTwoWorkers(store);
        using CitusNode node = _cluster.Node(2);
        Append(store, [there, here], 1);

        await node.FreezeAsync();
        StoreException uncertain = Assert.Throws<StoreException>(() => Append(store, [there], 1));
        Assert.Contains("may have been stored or not", uncertain.Message, StringComparison.Ordinal);
        Task<StoreException> refused = Task.Run(() => Assert.Throws<StoreException>(() => Append(store, [there], 1)));
        while (!refused.IsCompleted)
        {
            Append(store, [here], 1);
        }

        Assert.Equal(StoreFault.Locked, (await refused).Fault);
        Assert.True(Count(store, here) > 2);
        await node.ResumeAsync();
        Append(store, [there], 1);
        Assert.InRange(Count(store, there), 2, 3);
    }

    private PostgresStore Open(int node) => PostgresStore.Open(new PostgresStoreOptions { Address = _cluster.Address(node) });

    private ICdbClient OpenClient(int node) => EmbeddedClient.Open(new EmbeddedOptions { Path = _cluster.Address(node), KeyFolder = _folder["keys"], As = CdbPath.Parse("me/user") });

    /// <summary>A sequence of the second worker and one of the first, to which the store is connected.</summary>
    private (SequenceKey There, SequenceKey Here) OnTwoWorkers(PostgresStore store)
    {
        SequenceKey[] keys = NewSequences(store);
        return (keys.First(key => _cluster.WorkerOf(key.Stream) == 2), keys.First(key => _cluster.WorkerOf(key.Stream) == 1));
    }

    private static SequenceKey[] NewSequences(PostgresStore store) => store.Write(
        writer =>
        {
            UserRecord user = writer.Add(new UserRecord { Path = CdbPath.ForUser("u") });
            DeviceRecord device = writer.Add(new DeviceRecord { UserId = user.Id, Path = user.Path.Child("d") });
            return Enumerable.Range(0, 12).Select(i => writer.Add(new StreamRecord { DeviceId = device.Id, Path = device.Path.Child($"s{i}") }).KeyOf(false)).ToArray();
        },
        Some.NoToken);

    private static void Append(PostgresStore store, SequenceKey[] keys, double value) => store.Write(
        writer =>
        {
            Array.ForEach(keys, key => writer.Append(key, end => Some.Point((end.NewestT ?? 0) + 1, DataValue.From(value))));
            return 0;
        },
        Some.NoToken);

    private static long Count(PostgresStore store, SequenceKey key) => store.Read(reader => reader.End(key), Some.NoToken).Count;

    private static double Sum(PostgresStore store, SequenceKey key) => store.Read(reader => reader.Summarize(key, 0, long.MaxValue), Some.NoToken).Numbers!.Value.Sum;
}
