using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>Subscriptions to a server whose outage is longer than one attempt.</summary>
public sealed class ReconnectTests : IAsyncLifetime
{
    private static readonly RetryPolicy s_quick = new() { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(20) };
    private static readonly CdbPath s_stream = CdbPath.Parse("me/user/s");
    private RunningServer _server = null!;
    private ICdbClient _direct = null!;
    private Door _door = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _door = Door.To(_server.Address);
        _direct = _server.As("me/user");
        await _direct.CreateStreamAsync(s_stream, new StreamDefinition(), Some.NoToken);
    }

    public async Task DisposeAsync()
    {
        await _direct.DisposeAsync();
        await _door.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Datapoints_written_during_an_outage_arrive_after_it()
    {
        await using ICdbClient client = await OpenAsync(TimeSpan.FromMinutes(1));
        await using Follower follower = new(await client.SubscribeAsync(new SubscriptionQuery(s_stream), Some.NoToken));
        await WriteAsync(1);
        Assert.Equal(1, Assert.Single(await follower.Take(1)).T);

        for (int t = 2; t < 8; t += 2)
        {
            await _door.ShutAsync(turnedAway: 5);
            await WriteAsync(t);
            _door.Open();
            Assert.Equal(t, Assert.Single(await follower.Take(1)).T);

            await WriteAsync(t + 1);
            Assert.Equal(t + 1, Assert.Single(await follower.Take(1)).T);
        }
    }

    [Fact]
    public async Task Subscribing_during_a_long_outage_is_an_error()
    {
        await using ICdbClient client = await OpenAsync(TimeSpan.FromSeconds(2));
        await using ISubscription first = await client.SubscribeAsync(new SubscriptionQuery(s_stream), Some.NoToken);
        await _door.ShutAsync(turnedAway: 1);

        StoreException error = await Assert.ThrowsAsync<StoreException>(async () => await client.SubscribeAsync(new SubscriptionQuery(s_stream), Some.NoToken));

        Assert.Equal(StoreFault.Unreachable, error.Fault);
    }

    private Task<ICdbClient> OpenAsync(TimeSpan timeout)
        => RemoteClient.OpenAsync(new RemoteOptions { Url = _door.Address, ApiKey = _server.OwnerKey, Retries = s_quick, Timeout = timeout }, Some.NoToken);

    private async Task WriteAsync(int t) => await _direct.AppendAsync(s_stream, Some.Numbers(1, firstT: t), false, Some.NoToken);
}
