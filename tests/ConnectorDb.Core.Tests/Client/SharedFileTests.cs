using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client;

/// <summary>Subscriptions to datapoints that another process, or another client, writes to the same file.</summary>
public sealed class SharedFileTests : IDisposable
{
    private readonly Database _database = new();
    private readonly CdbPath _stream;

    public SharedFileTests() => _stream = _database.AddStream("me/user/x");

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Appends_of_another_process_are_delivered_once_in_order()
    {
        await using Follower follower = new(_database.Engine.Subscribe(_database.Me, new SubscriptionQuery(_stream), Some.NoToken));
        using WriterProcess writer = new(_database, _stream, 3, 100);

        List<Datapoint> points = await follower.Take(300);

        Assert.Equal(Enumerable.Range(0, 300).Select(n => (double)n), points.Select(point => point.T));
        writer.End();
    }

    [Fact]
    public async Task Appends_and_deletions_of_another_client_are_delivered()
    {
        await using ICdbClient other = EmbeddedClient.Open(new EmbeddedOptions { Path = _database.File, KeyFolder = _database.KeyFolder });
        await using Follower follower = new(_database.Engine.Subscribe(_database.Me, new SubscriptionQuery(_stream), Some.NoToken));
        Assert.False(follower.IsServed);

        await other.AppendAsync(_stream, Some.Numbers(2), restamp: false, Some.NoToken);
        Assert.Equal([1.0, 2.0], (await follower.Take(2)).Select(point => point.T));
        await other.DeleteAsync(_stream, Some.NoToken);

        await Assert.ThrowsAsync<NotFoundException>(follower.Batch);
    }

    [Fact]
    public async Task The_client_creates_subscriptions()
    {
        await using ICdbClient client = EmbeddedClient.Open(new EmbeddedOptions { Path = _database.File, KeyFolder = _database.KeyFolder });
        await using Follower follower = new(await client.SubscribeAsync(new SubscriptionQuery(_stream), Some.NoToken));

        _database.Append(_stream, Some.Numbers(1));

        Assert.Single(await follower.Take(1));
    }
}
