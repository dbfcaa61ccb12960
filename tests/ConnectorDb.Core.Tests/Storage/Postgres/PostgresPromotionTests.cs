using System.Collections.Concurrent;
using System.Globalization;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Postgres;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Core.Tests.Support;
using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.Storage.Postgres;

/// <summary>The primary crashes, and its synchronous standby is promoted.</summary>
public sealed class PostgresPromotionTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Writers = 8;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly PostgresServer _primary = new();
    private PostgresServer? _standby;

    private string Address => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1:{_primary.Port},127.0.0.1:{_standby!.Port};Username=tester;Database=tests;Target Session Attributes=read-write");

    public async Task InitializeAsync()
    {
        await _primary.InitializeAsync();
        if (_primary.IsRunning)
        {
            _standby = await _primary.AddStandbyAsync();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _standby?.Dispose();
        _primary.Dispose();
    }

    [SkippableFact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_and_the_old_primary_is_refused()
    {
        _primary.SkipWhenMissing();
        using PostgresStore one = PostgresStore.Open(new PostgresStoreOptions { Address = Address });
        using PostgresStore other = PostgresStore.Open(new PostgresStoreOptions { Address = Address });
        (SequenceKey key, long device) = NewSequence(one);
        ConcurrentBag<string> acknowledged = [];
        long promoted = long.MaxValue;
        long firstAfter = long.MaxValue;
        using CancellationTokenSource stop = new();
        using SemaphoreSlim written = new(0);
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                // As a client does, each identity is repeated until it is acknowledged.
                string id = $"{writer} {i}";
                while (!await TryAppendAsync(writer % 2 == 0 ? one : other, key, device, id) && !stop.IsCancellationRequested)
                {
                }

                if (!stop.IsCancellationRequested)
                {
                    acknowledged.Add(id);
                    written.Release();
                    if (Environment.TickCount64 is var now && now > Volatile.Read(ref promoted))
                    {
                        Interlocked.CompareExchange(ref firstAfter, now, long.MaxValue);
                    }
                }
            }
        }))];
        await TakeAsync(written, 200);

        await _primary.CrashAsync();
        _standby!.Execute("tests", "SELECT pg_promote()");
        Volatile.Write(ref promoted, Environment.TickCount64);
        int before = acknowledged.Count;
        while (acknowledged.Count < before + 200)
        {
            Assert.True(await written.WaitAsync(s_patience), "The writers stopped.");
        }

        output.WriteLine($"First append {Volatile.Read(ref firstAfter) - promoted} ms after the promotion, {before} acknowledged before it.");

        // The old primary accepts writes when it comes back, and stands first in the address.
        await _primary.ResumeAsync();
        string old = _primary.Execute("tests", "SELECT sum(count) FROM connectordb.sequences");
        for (int i = 0; i < 2; i++)
        {
            _standby.Execute("tests", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tester' AND pid <> pg_backend_pid() AND backend_type = 'client backend'");
            int reached = acknowledged.Count;
            while (acknowledged.Count < reached + 20)
            {
                Assert.True(await written.WaitAsync(s_patience), "The writers stopped.");
            }
        }

        using PostgresStore late = PostgresStore.Open(new PostgresStoreOptions { Address = Address });
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        HashSet<string> stored = [.. _standby.Execute("tests", "SELECT id FROM connectordb.receipts").Split('\n')];
        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(stored.Count, late.Read(reader => reader.End(key), Some.NoToken).Count);
        Assert.Equal(old, _primary.Execute("tests", "SELECT sum(count) FROM connectordb.sequences"));
        output.WriteLine($"{acknowledged.Count} acknowledged, {stored.Count} found, 0 doubled.");

        await _standby.CrashAsync();
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => AppendAsync(one, key, device, "late"));
        Assert.Contains("is an old primary", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_standby_alone_is_refused()
    {
        _primary.SkipWhenMissing();
        StoreException error = Assert.Throws<StoreException>(() => PostgresStore.Open(new PostgresStoreOptions { Address = _standby!.ConnectionString("tests") }));

        Assert.Equal((StoreFault.ReadOnly, true), (error.Fault, error.Message.Contains("Connect to the primary", StringComparison.Ordinal)));
    }

    private static async Task TakeAsync(SemaphoreSlim written, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.True(await written.WaitAsync(s_patience), "The writers stopped.");
        }
    }

    private static (SequenceKey Key, long Device) NewSequence(PostgresStore store) => store.Write(
        writer =>
        {
            UserRecord user = writer.Add(new UserRecord { Path = CdbPath.ForUser("u") });
            DeviceRecord device = writer.Add(new DeviceRecord { UserId = user.Id, Path = user.Path.Child("d") });
            return (writer.Add(new StreamRecord { DeviceId = device.Id, Path = device.Path.Child("s") }).KeyOf(false), device.Id);
        },
        Some.NoToken);

    private static async Task<bool> TryAppendAsync(PostgresStore store, SequenceKey key, long device, string id)
    {
        try
        {
            await AppendAsync(store, key, device, id);
            return true;
        }
        catch (StoreException error) when (error.Fault is StoreFault.Unreachable or StoreFault.Locked)
        {
            return false;
        }
    }

    private static async Task AppendAsync(PostgresStore store, SequenceKey key, long device, string id) => await store.WriteAsync(
        writer =>
        {
            if (writer.FindReceipt(device, id) is null)
            {
                writer.Append(key, end => Some.Point((end.NewestT ?? 0) + 1, DataValue.From(1.0)));
                writer.Keep(new Receipt(device, id, 1, 1, "u/d/s"), 0);
            }

            return 0;
        },
        Some.NoToken);
}
