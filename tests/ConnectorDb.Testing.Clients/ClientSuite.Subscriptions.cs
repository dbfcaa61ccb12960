using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    [SkippableFact]
    public async Task Datapoints_are_delivered_once_in_order()
    {
        CdbPath stream = await TenPoints();
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));
        Assert.Equal(10, follower.Subscription.Position);
        for (int i = 0; i < 20; i++)
        {
            await Client.AppendAsync(stream, Points((1000 + i, $"{i}")), false, Some.NoToken);
        }

        Assert.Equal(Enumerable.Range(1000, 20).Select(t => (double)t), (await follower.Take(20)).Select(point => point.T));
        Assert.Equal(30, follower.Subscription.Position);
    }

    [SkippableFact]
    public async Task A_subscription_starts_at_the_requested_index()
    {
        CdbPath stream = await TenPoints();
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(stream) { FromIndex = 7 }, Some.NoToken));
        Assert.Equal([80.0, 90.0, 100.0], (await follower.Take(3)).Select(point => point.T));
        await Client.AppendAsync(stream, Points((110, "0")), false, Some.NoToken);
        Assert.Equal(110, (await follower.Take(1))[0].T);
        await Assert.ThrowsAsync<InvalidRangeException>(async () => await Client.SubscribeAsync(new SubscriptionQuery(stream) { FromIndex = -1 }, Some.NoToken));
    }

    [SkippableFact]
    public async Task Subscriptions_of_one_stream_have_each_its_transform()
    {
        CdbPath stream = await NewStream();
        await using Follower plain = new(await Client.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));
        await using Follower again = new(await Client.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));
        await using Follower large = new(await Client.SubscribeAsync(new SubscriptionQuery(stream) { Transform = "if $ > 5" }, Some.NoToken));
        await Client.AppendAsync(stream, Points((1, "1"), (2, "6")), false, Some.NoToken);
        await Client.AppendAsync(stream, Points((3, "2")), false, Some.NoToken);
        await Client.AppendAsync(stream, Points((4, "7")), false, Some.NoToken);

        Assert.Equal([1.0, 2.0, 3.0, 4.0], (await plain.Take(4)).Select(point => point.T));
        Assert.Equal([1.0, 2.0, 3.0, 4.0], (await again.Take(4)).Select(point => point.T));
        Assert.Equal([2.0, 4.0], (await large.Take(2)).Select(point => point.T));
        await Assert.ThrowsAsync<ScriptSyntaxException>(async () => await Client.SubscribeAsync(new SubscriptionQuery(stream) { Transform = "nosuch(" }, Some.NoToken));
    }

    [SkippableFact]
    public async Task Old_datapoints_need_not_suit_the_transform_of_a_subscription()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Points((1, "\"old\"")), false, Some.NoToken);
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(stream) { Transform = "$ + 1" }, Some.NoToken));

        await Client.AppendAsync(stream, Points((2, "5")), false, Some.NoToken);

        Assert.Equal(6.0, (await follower.Take(1))[0].GetValue().AsDouble());
    }

    [SkippableFact]
    public async Task A_slow_reader_receives_everything()
    {
        CdbPath stream = await NewStream();
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));
        for (int i = 0; i < 30; i++)
        {
            await Client.AppendAsync(stream, Some.Numbers(5000, firstT: 1 + (i * 5000)), false, Some.NoToken);
        }

        Assert.Equal(Enumerable.Range(1, 150_000).Select(t => (double)t), (await follower.Take(150_000)).Select(point => point.T));
    }

    [SkippableFact]
    public async Task Datapoints_of_ephemeral_streams_are_delivered()
    {
        CdbPath stream = await NewStream(new StreamDefinition { Ephemeral = true });
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));
        await FollowedAsync(1);
        await Client.AppendAsync(stream, Points((1, "1"), (2, "2")), false, Some.NoToken);
        Assert.Equal([1.0, 2.0], (await follower.Take(2)).Select(point => point.T));
        Assert.Equal(0, await Client.CountAsync(stream, Some.NoToken));
    }

    [SkippableFact]
    public async Task The_owner_receives_downlink_requests()
    {
        CdbPath device = Client.Identity.Parent!.Child(NewName("d"));
        await Client.CreateDeviceAsync(device, new DeviceDefinition(), Some.NoToken);
        await using ICdbClient owner = await Client.ActAsAsync(device, Some.NoToken);
        CdbPath stream = (await owner.CreateStreamAsync(device.Child("light"), new StreamDefinition { Downlink = true }, Some.NoToken)).GetPath();
        await using Follower asked = new(await owner.SubscribeAsync(new SubscriptionQuery(stream.ToDownlink()), Some.NoToken));

        await Client.AppendAsync(stream, Points((1, "true")), false, Some.NoToken);

        Datapoint wish = Assert.Single(await asked.Take(1));
        Assert.Equal((true, Client.Identity.ToString()), (wish.Data, wish.Origin));
    }

    [SkippableFact]
    public async Task A_subscription_ends_with_its_stream()
    {
        CdbPath stream = await TenPoints();
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));
        _ = follower.IsServed;
        await Client.DeleteAsync(stream, Some.NoToken);
        await Assert.ThrowsAsync<NotFoundException>(() => follower.Batch());
    }

    [SkippableFact]
    public async Task Missing_streams_cannot_be_subscribed_to()
        => await Missing(async () => await Client.SubscribeAsync(new SubscriptionQuery(NewPath()), Some.NoToken));
}
