using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Notifications;

public abstract class EphemeralSubscriptionSuite : IDisposable
{
    private readonly Database _database;
    private readonly CdbPath _stream;

    protected EphemeralSubscriptionSuite(Database database)
    {
        _database = database;
        _stream = _database.AddStream("me/user/x", new StreamDefinition { Ephemeral = true, Downlink = true });
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task Datapoints_of_ephemeral_streams_are_delivered_in_batches()
    {
        await using Follower follower = Follow(_stream);
        _database.Append(_stream, Some.Numbers(3));
        _database.Append(_stream, Some.Numbers(2));

        Assert.Equal(3, (await follower.Batch())!.Count);
        Assert.Equal(2, (await follower.Batch())!.Count);
        Assert.Equal(0, _database.Engine.Count(_database.Me, _stream, Some.NoToken));
    }

    [SkippableFact]
    public async Task The_downlink_is_delivered_with_its_origin()
    {
        _database.AddDevice("me/other", new DeviceDefinition { Role = "user" });
        await using Follower follower = Follow(_stream.ToDownlink());
        _database.Engine.Append(_database.As("me/other"), _stream, Some.Numbers(1), restamp: false, Some.NoToken);

        Assert.Equal("me/other", Assert.Single(await follower.Take(1)).Origin);
    }

    [SkippableFact]
    public async Task A_reader_far_behind_drops_the_oldest_and_counts_them()
    {
        const int Size = 100_000;
        const int Batches = 30;
        await using Follower follower = Follow(_stream);
        for (int i = 0; i < Batches; i++)
        {
            _database.Append(_stream, Some.Numbers(Size, firstT: i * Size));
        }

        long missed = follower.Subscription.Missed;
        Assert.InRange(missed, 1, (Batches - 1) * Size);
        List<Datapoint> points = await follower.Take((int)((Batches * Size) - missed));
        Assert.Equal(missed, points[0].T);
        Assert.Equal((Batches * Size) - 1, points[^1].T);
    }

    [SkippableFact]
    public async Task Deleting_the_stream_ends_the_subscription_after_earlier_batches()
    {
        await using Follower follower = Follow(_stream);
        _database.Append(_stream, Some.Numbers(1));
        _database.Engine.Delete(_database.Me, _stream, Some.NoToken);

        Assert.Single(await follower.Take(1));
        await Assert.ThrowsAsync<NotFoundException>(follower.Batch);
    }

    [SkippableFact]
    public async Task A_stream_that_is_no_longer_ephemeral_is_read_again()
    {
        await using Follower follower = Follow(_stream);
        _database.Append(_stream, Some.Numbers(1));
        _database.Engine.UpdateStream(_database.Me, _stream, new StreamDefinition { Ephemeral = false }, Database.NoClient, Some.NoToken);
        _database.Append(_stream, Some.Numbers(1, firstT: 7));

        Assert.Equal([1.0, 7.0], (await follower.Take(2)).Select(point => point.T));
        Assert.Equal(1, follower.Subscription.Position);
    }

    private Follower Follow(CdbPath path) => new(_database.Engine.Subscribe(_database.Me, new SubscriptionQuery(path), Some.NoToken));
}
