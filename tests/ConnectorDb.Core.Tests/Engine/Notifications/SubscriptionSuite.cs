using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Core.Tests.Engine.Notifications;

public abstract class SubscriptionSuite : IDisposable
{
    private readonly Database _database;
    private readonly CdbPath _stream;

    protected SubscriptionSuite(Database database)
    {
        _database = database;
        _stream = _database.AddStream("me/user/x");
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task Only_datapoints_after_the_call_are_delivered()
    {
        Append(1);
        await using Follower follower = Follow();
        Append(2);
        Append(3);

        Assert.Equal([2.0, 3.0], Times(await follower.Take(2)));
        Assert.False(follower.IsServed);
        Append(4);

        Assert.Equal([4.0], Times(await follower.Take(1)));
        Assert.Equal(4, follower.Subscription.Position);
    }

    [SkippableFact]
    public async Task A_subscription_can_start_at_an_index()
    {
        _database.Append(_stream, Some.Numbers(10, firstT: 0));
        await using Follower follower = Follow(new SubscriptionQuery(_stream) { FromIndex = 7 });

        Assert.Equal([7.0, 8.0, 9.0], Times(await follower.Take(3)));
    }

    [SkippableFact]
    public async Task A_subscription_continues_where_the_last_reader_stopped()
    {
        await using ISubscription subscription = Subscribe(new SubscriptionQuery(_stream));
        Append(1);
        await foreach (Block batch in subscription.ReadAsync(Some.NoToken))
        {
            Assert.Equal(1, batch.Count);
            break;
        }

        Append(2);
        await using Follower follower = new(subscription);

        Assert.Equal([2.0], Times(await follower.Take(1)));
    }

    [SkippableFact]
    public async Task Several_subscriptions_of_a_stream_each_have_their_transform()
    {
        await using Follower all = Follow();
        await using Follower big = Follow(new SubscriptionQuery(_stream) { Transform = "if $ > 10" });
        await using Follower doubled = Follow(new SubscriptionQuery(_stream) { Transform = "$ * 2" });
        Append(1, 5);
        Append(2, 50);

        Assert.Equal([5.0, 50.0], Numbers(await all.Take(2)));
        Assert.Equal([50.0], Numbers(await big.Take(1)));
        Assert.Equal([10.0, 100.0], Numbers(await doubled.Take(2)));
    }

    [SkippableFact]
    public async Task A_transform_restarts_with_each_batch()
    {
        await using Follower counts = Follow(new SubscriptionQuery(_stream) { Transform = "count | if last" });
        foreach (int size in (int[])[3, 5])
        {
            _database.Append(_stream, Some.Numbers(size), restamp: true);

            Block batch = (await counts.Batch())!;

            Assert.Equal(1, batch.Count);
            Assert.Equal(size, batch.Values[0].AsDouble());
        }
    }

    [SkippableFact]
    public async Task A_transform_that_fails_on_a_batch_is_an_error_and_the_next_batch_can_be_read()
    {
        await using ISubscription subscription = Subscribe(new SubscriptionQuery(_stream) { Transform = "$ + 1" });
        _database.Append(_stream, Some.Point(1, DataValue.From("text")));
        await Assert.ThrowsAsync<ScriptRuntimeException>(new Follower(subscription).Batch);
        Append(2, 1);

        await using Follower again = new(subscription);

        Assert.Equal([2.0], Numbers(await again.Take(1)));
    }

    [SkippableFact]
    public void An_invalid_script_or_index_is_rejected_at_once()
    {
        Assert.Throws<ScriptSyntaxException>(() => Subscribe(new SubscriptionQuery(_stream) { Transform = "if (" }));
        Assert.Throws<InvalidRangeException>(() => Subscribe(new SubscriptionQuery(_stream) { FromIndex = -1 }));
        Assert.Throws<NotFoundException>(() => Subscribe(new SubscriptionQuery(CdbPath.Parse("me/user/none"))));
    }

    [SkippableFact]
    public async Task One_subscription_has_one_reader()
    {
        await using Follower follower = Follow();
        Assert.False(follower.IsServed);

        await Assert.ThrowsAsync<InvalidOperationException>(new Follower(follower.Subscription).Batch);
    }

    [SkippableFact]
    public async Task A_slow_reader_of_large_writes_blocks_no_writer_and_misses_nothing()
    {
        const int Size = 50_000;
        await using Follower follower = Follow();
        for (int i = 0; i < 10; i++)
        {
            _database.Append(_stream, Some.Numbers(Size, firstT: i * Size));
        }

        Assert.Equal(Enumerable.Range(0, 10 * Size).Select(n => (double)n), Times(await follower.Take(10 * Size)));
    }

    [SkippableFact]
    public async Task A_reader_that_blocks_its_thread_blocks_neither_the_writer_nor_other_readers()
    {
        using ManualResetEventSlim released = new();
        await using ISubscription blocking = Subscribe(new SubscriptionQuery(_stream));
        Follower[] others = [.. Enumerable.Range(0, 8).Select(_ => Follow())];
        Task<long> blocked = Task.Run(async () =>
        {
            long seen = 0;
            await foreach (Block batch in blocking.ReadAsync(Some.NoToken))
            {
                released.Wait(Some.NoToken);
                seen += batch.Count;
                if (seen == 2)
                {
                    break;
                }
            }

            return seen;
        });
        Append(1);
        Append(2);

        foreach (Follower other in others)
        {
            Assert.Equal([1.0, 2.0], Times(await other.Take(2)));
            await other.DisposeAsync();
        }

        released.Set();
        Assert.Equal(2, await blocked);
    }

    [SkippableFact]
    public async Task A_thousand_appends_of_four_threads_are_delivered_once_in_order_to_subscribers_that_come_and_go()
    {
        const int Appends = 250;
        using CancellationTokenSource over = new();
        Task<List<Datapoint>>[] steady = [.. Enumerable.Range(0, 4).Select(_ => Follow()).Select(follower => Task.Run(() => follower.Take(4 * Appends)))];
        Task coming = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await using Follower brief = Follow(new SubscriptionQuery(_stream) { FromIndex = 0 });
                if (brief.IsServed)
                {
                    await brief.Batch();
                }
            }
        });

        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            for (int i = 0; i < Appends; i++)
            {
                _database.Append(_stream, Some.Point(double.NaN, DataValue.From((long)((thread * Appends) + i))));
            }
        });

        List<Datapoint>[] seen = await Task.WhenAll(steady);
        await over.CancelAsync();
        await coming;
        long[] kept = [.. _database.Read(_stream).Select(point => point.Value.AsInteger())];
        Assert.Equal(4 * Appends, kept.Length);
        Assert.All(seen, points => Assert.Equal(kept, points.Select(point => point.Value.AsInteger())));
    }

    [SkippableFact]
    public async Task Cancelling_ends_a_reader_that_waits()
    {
        await using ISubscription subscription = Subscribe(new SubscriptionQuery(_stream));
        using CancellationTokenSource cancellation = new();
        ValueTask<bool> next = subscription.ReadAsync(cancellation.Token).GetAsyncEnumerator().MoveNextAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [SkippableFact]
    public async Task Disposing_ends_a_reader_that_waits()
    {
        await using Follower follower = Follow();
        Assert.False(follower.IsServed);

        await follower.Subscription.DisposeAsync();

        Assert.Null(await follower.Batch());
    }

    [SkippableFact]
    public async Task Closing_the_engine_ends_the_subscription_with_an_error()
    {
        await using Follower follower = Follow();
        Assert.False(follower.IsServed);

        _database.Engine.Dispose();

        Assert.Equal(StoreFault.Closed, (await Assert.ThrowsAsync<StoreException>(follower.Batch)).Fault);
    }

    [SkippableFact]
    public async Task Deleting_the_stream_ends_the_subscription()
    {
        await using Follower follower = Follow();
        Assert.False(follower.IsServed);

        _database.Engine.Delete(_database.Me, _stream, Some.NoToken);

        await Assert.ThrowsAsync<NotFoundException>(follower.Batch);
    }

    [SkippableFact]
    public async Task A_recreated_stream_is_another_stream()
    {
        await using Follower follower = Follow();
        _database.Engine.Delete(_database.Me, _stream, Some.NoToken);
        _database.AddStream("me/user/x");
        Append(1);

        await Assert.ThrowsAsync<NotFoundException>(follower.Batch);
    }

    [SkippableFact]
    public async Task A_subscriber_without_read_permission_receives_nothing_more()
    {
        CdbPath reader = _database.AddDevice("me/reader", new DeviceDefinition { Role = "reader" });
        await using Follower follower = new(_database.Engine.Subscribe(_database.As("me/reader"), new SubscriptionQuery(_stream), Some.NoToken));
        Append(1);
        Assert.Equal([1.0], Times(await follower.Take(1)));

        _database.Engine.UpdateDevice(_database.Me, reader, new DeviceDefinition { Role = "none" }, Some.NoToken);
        Append(2);

        await Assert.ThrowsAsync<NotFoundException>(follower.Batch);
    }

    [SkippableFact]
    public async Task A_deleted_subscriber_receives_nothing_more()
    {
        CdbPath reader = _database.AddDevice("me/reader", new DeviceDefinition { Role = "reader" });
        await using Follower follower = new(_database.Engine.Subscribe(_database.As("me/reader"), new SubscriptionQuery(_stream), Some.NoToken));

        _database.Engine.Delete(_database.Me, reader, Some.NoToken);
        Append(1);

        await Assert.ThrowsAsync<AuthenticationException>(follower.Batch);
    }

    [SkippableFact]
    public async Task An_irrelevant_change_does_not_end_a_subscription()
    {
        await using Follower follower = Follow();
        _database.Engine.UpdateStream(_database.Me, _stream, new StreamDefinition { Nickname = "X" }, Database.NoClient, Some.NoToken);
        Append(1);

        Assert.Equal([1.0], Times(await follower.Take(1)));
    }

    [SkippableFact]
    public async Task Hundreds_of_subscriptions_are_all_served()
    {
        Follower[] followers = [.. Enumerable.Range(0, 300).Select(_ => Follow())];
        Append(1);
        Append(2);

        List<Datapoint>[] seen = await Task.WhenAll(followers.Select(follower => follower.Take(2)));

        Assert.All(seen, points => Assert.Equal([1.0, 2.0], Times(points)));
        Array.ForEach(followers, follower => follower.Subscription.DisposeAsync().AsTask().GetAwaiter().GetResult());
    }

    private void Append(double t, double value = 0) => _database.Append(_stream, Some.Point(t, DataValue.From(value)));

    private Follower Follow(SubscriptionQuery? query = null) => new(Subscribe(query ?? new SubscriptionQuery(_stream)));

    private ISubscription Subscribe(SubscriptionQuery query, Login? login = null) => _database.Engine.Subscribe(login ?? _database.Me, query, Some.NoToken);

    private static IEnumerable<double> Times(IEnumerable<Datapoint> points) => points.Select(point => point.T);

    private static IEnumerable<double> Numbers(IEnumerable<Datapoint> points) => points.Select(point => point.Value.AsDouble());
}
