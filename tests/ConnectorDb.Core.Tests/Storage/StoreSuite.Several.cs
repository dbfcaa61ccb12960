using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Tests.Storage;

/// <summary>Several that read, write or watch at once.</summary>
public abstract partial class StoreSuite
{
    [SkippableFact]
    public void A_reader_sees_one_state_and_blocks_no_writer()
    {
        SequenceKey key = NewSequence();
        Append(key, Some.Numbers(10));
        (long before, long after) = Read(store =>
        {
            long first = store.End(key).Count;
            Append(key, Some.Numbers(10, firstT: 100));
            return (first, store.End(key).Count);
        });

        Assert.Equal((10, 10), (before, after));
        Assert.Equal(20, Read(store => store.End(key)).Count);
    }

    [SkippableFact]
    public void Many_writers_at_once_lose_nothing_and_mix_nothing()
    {
        DeviceRecord device = Add(AddUser("u"), "d");
        SequenceKey[] keys = [.. Enumerable.Range(0, 8).Select(i => Add(device, $"s{i}").KeyOf(false))];

        Parallel.ForEach(keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, key =>
        {
            for (int i = 0; i < 100; i++)
            {
                Append(key, Some.Point(i, DataValue.From(key.Stream)));
            }
        });

        foreach (SequenceKey key in keys)
        {
            List<Datapoint> points = ReadAll(key);
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), points.Select(point => point.T));
            Assert.All(points, point => Assert.Equal(key.Stream, point.Value.AsInteger()));
        }
    }

    [SkippableFact]
    public void One_writer_that_fails_among_many_fails_alone()
    {
        SequenceKey key = NewSequence();
        int failed = 0;
        Parallel.For(0, 40, i =>
        {
            try
            {
                Write(store =>
                {
                    store.Append(key, Some.Point(1, DataValue.From((long)i)));
                    if (i % 4 == 0)
                    {
                        throw new InvalidOperationException();
                    }
                });
            }
            catch (InvalidOperationException)
            {
                Interlocked.Increment(ref failed);
            }
        });

        Assert.Equal(10, failed);
        Assert.Equal(Enumerable.Range(0, 40).Where(i => i % 4 != 0).Select(i => (long)i), ReadAll(key).Select(point => point.Value.AsInteger()).Order());
    }

    [SkippableFact]
    public void Cancelled_work_leaves_nothing()
    {
        SequenceKey key = NewSequence();
        using CancellationTokenSource source = new();

        Assert.ThrowsAny<OperationCanceledException>(() => Store.Write(
            store =>
            {
                store.Append(key, Some.Numbers(10));
                source.Cancel();
                store.Append(key, Some.Numbers(100_000, firstT: 100));
                return 0;
            },
            source.Token));

        Assert.ThrowsAny<OperationCanceledException>(() => Store.Read(store => store.End(key), source.Token));
        Assert.Equal(0, Read(store => store.End(key)).Count);
    }

    [SkippableFact]
    public void A_closed_store_is_reported()
    {
        Store.Dispose();

        Assert.Equal(StoreFault.Closed, Assert.Throws<StoreException>(() => Read(store => store.ListUsers())).Fault);
        Assert.Equal(StoreFault.Closed, Assert.Throws<StoreException>(() => AddUser("u")).Fault);
    }

    [SkippableFact]
    public void Two_connections_to_one_store_see_each_others_changes()
    {
        SequenceKey key = NewSequence();
        using IStore other = Open();

        Append(key, Some.Numbers(3));
        other.Write(store => Done(() => store.Append(key, Some.Numbers(2, firstT: 10))), Some.NoToken);

        Assert.Equal(5, Read(store => store.End(key)).Count);
        Assert.Equal(Store.Id, other.Id);
    }

    [SkippableTheory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(2, 1)]
    [InlineData(2, 40)]
    public void Sequences_that_are_written_in_turns_stay_whole(int openings, int longest)
    {
        const int Times = 600;
        DeviceRecord device = Add(AddUser("u"), "d");
        SequenceKey[] keys = [.. Enumerable.Range(0, 3).Select(i => Add(device, $"s{i}").KeyOf(true))];
        long[] counts = new long[keys.Length];
        using IStore second = Open();
        for (int time = 0; time < Times; time++)
        {
            IStore store = openings > 1 && time / 20 % 2 == 1 ? second : Store;
            int at = time % 7 == 0 ? 2 : time % 2;
            long[] before = [.. counts];
            Assert.Throws<InvalidOperationException>(() => store.Write<int>(AppendThenFail, Some.NoToken));
            counts = before;
            store.Write(writer => Done(() => AppendSome(writer)), Some.NoToken);
            if (time % 200 == 199)
            {
                store.Write(writer => Done(() => writer.Clear(keys[at])), Some.NoToken);
                keys[at] = keys[at] with { Number = keys[at].Number + 1 };
                counts[at] = 0;
            }

            void AppendSome(IStoreWriter writer)
            {
                for (int i = 0; i < 20; i++)
                {
                    int key = (at + (i / 5)) % keys.Length;
                    int count = time % 100 == 99 && i == 10 ? 5000 : 1 + (i % longest);
                    writer.Append(keys[key], Some.Numbers(count, firstT: counts[key]));
                    counts[key] += count;
                }
            }

            int AppendThenFail(IStoreWriter writer)
            {
                AppendSome(writer);
                throw new InvalidOperationException();
            }
        }

        for (int at = 0; at < keys.Length; at++)
        {
            Assert.Equal(Enumerable.Range(0, (int)counts[at]).Select(i => (double)i), ReadAll(keys[at]).Select(point => point.T));
        }
    }

    [SkippableFact]
    public async Task A_watch_is_called_after_a_commit()
    {
        SequenceKey key = NewSequence();
        using IStore other = Open();
        using SemaphoreSlim calls = new(0);
        using IDisposable watch = Store.Watch(() => calls.Release());
        foreach (IStore writer in (IStore[])[other, Store, other])
        {
            long before = Read(store => store.End(key)).Count;
            writer.Write(store => Done(() => store.Append(key, Some.Numbers(1, firstT: before))), Some.NoToken);

            Assert.True(await calls.WaitAsync(TimeSpan.FromSeconds(60)));
            Assert.Equal(before + 1, Read(store => store.End(key)).Count);
        }
    }

    [SkippableFact]
    public void A_watch_that_ended_is_not_called()
    {
        SequenceKey key = NewSequence();
        int calls = 0;
        Store.Watch(() => Interlocked.Increment(ref calls)).Dispose();
        int atEnd = Volatile.Read(ref calls);
        using ManualResetEventSlim called = new();
        using IDisposable other = Store.Watch(called.Set);

        Append(key, Some.Numbers(1));

        Assert.True(called.Wait(TimeSpan.FromSeconds(60)));
        Assert.Equal(atEnd, Volatile.Read(ref calls));
    }

    [SkippableFact]
    public void A_closed_store_is_not_watched()
    {
        Store.Dispose();

        Assert.Equal(StoreFault.Closed, Assert.Throws<StoreException>(() => Store.Watch(() => { })).Fault);
    }
}
