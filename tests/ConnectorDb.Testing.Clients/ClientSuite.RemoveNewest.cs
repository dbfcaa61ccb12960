using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    /// <summary>True when datapoints can be removed, which ConnectorDB 0.3 cannot.</summary>
    protected virtual bool CanRemove => true;

    [SkippableFact]
    public async Task The_newest_datapoints_can_be_removed_and_others_follow()
    {
        CdbPath stream = await TenPoints();
        if (!CanRemove)
        {
            await Assert.ThrowsAsync<NotAvailableException>(async () => await Client.RemoveNewestAsync(stream, 7, 10, Some.NoToken));
            return;
        }

        await Client.RemoveNewestAsync(stream, 7, 10, Some.NoToken);
        await Client.RemoveNewestAsync(stream, 7, 10, Some.NoToken);
        Assert.Equal("10 20 30 40 50 60 70", await Times(new DataQuery(stream)));
        Assert.Equal(70, (await Client.LastAsync(stream, Some.NoToken))!.T);
        Assert.Equal(280, (await Client.SummarizeAsync(new DataQuery(stream), Some.NoToken)).Sum);
        Assert.Equal(280, (await Read(new DataQuery(stream) { Transform = "sum | if last" }))[0].GetValue().AsDouble());

        await Client.AppendAsync(stream, Points((75, "1")), false, Some.NoToken);
        Assert.Equal("70 75", await Times(new DataQuery(stream) { I1 = 6 }));
        await Client.RemoveNewestAsync(stream, 0, 8, Some.NoToken);
        Assert.Equal(0, await Client.CountAsync(stream, Some.NoToken));
        Assert.Null(await Client.LastAsync(stream, Some.NoToken));
        await Client.AppendAsync(stream, Points((1, "1")), false, Some.NoToken);
        Assert.Equal("1", await Times(new DataQuery(stream)));
    }

    [SkippableFact]
    public async Task Nothing_is_removed_when_the_stream_has_another_number_of_datapoints()
    {
        if (!CanRemove)
        {
            return;
        }

        CdbPath stream = await TenPoints();
        foreach ((long from, long count) in ((long, long)[])[(7, 9), (7, 11), (-1, 10), (11, 10)])
        {
            await Assert.ThrowsAnyAsync<CdbException>(async () => await Client.RemoveNewestAsync(stream, from, count, Some.NoToken));
        }

        await Assert.ThrowsAsync<NotFoundException>(async () => await Client.RemoveNewestAsync(NewPath(), 0, 0, Some.NoToken));
        Assert.Equal(10, await Client.CountAsync(stream, Some.NoToken));
    }

    [SkippableFact]
    public async Task A_subscription_continues_with_the_next_datapoint_after_a_removal()
    {
        if (!CanRemove)
        {
            return;
        }

        CdbPath stream = await TenPoints();
        await using Follower follower = new(await Client.SubscribeAsync(new SubscriptionQuery(stream), Some.NoToken));
        await Client.AppendAsync(stream, Points((110, "1")), false, Some.NoToken);
        Assert.Equal(110, (await follower.Take(1))[0].T);
        await Client.RemoveNewestAsync(stream, 5, 11, Some.NoToken);
        await Client.AppendAsync(stream, Points((60, "1"), (61, "2")), false, Some.NoToken);
        Assert.Equal([60.0, 61.0], (await follower.Take(2)).Select(point => point.T));
        await Client.AppendAsync(stream, Points((62, "1"), (63, "2"), (64, "3"), (65, "4"), (66, "5"), (67, "6")), false, Some.NoToken);
        Assert.Equal([62.0, 63.0, 64.0, 65.0, 66.0, 67.0], (await follower.Take(6)).Select(point => point.T));
    }
}
