using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>
/// No datapoint is lost or duplicated over connections that are cut repeatedly. <c>CONNECTORDB_CUTS</c> is the number of
/// cuts; a release uses 1000.
/// </summary>
public sealed class CutConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly RetryPolicy s_stubborn = new() { Attempts = 200, FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(20) };
    private static readonly CdbPath s_stream = CdbPath.Parse("me/user/s");
    private RunningServer _server = null!;
    private CuttingProxy _proxy = null!;

    private static int Cuts => int.TryParse(Environment.GetEnvironmentVariable("CONNECTORDB_CUTS"), CultureInfo.InvariantCulture, out int cuts) ? cuts : 150;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        _proxy = CuttingProxy.Start(_server.Address, seed: 4);
        await using ICdbClient owner = _server.As("me/user");
        await owner.CreateStreamAsync(s_stream, new StreamDefinition(), Some.NoToken);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Every_written_datapoint_is_stored_exactly_once()
    {
        await using ICdbClient client = await OpenAsync();
        int written = 0;
        while (_proxy.Cuts < Cuts)
        {
            Block points = Some.Numbers(1 + (written % 40), firstT: 1 + written);
            Assert.Equal(points.Count, (await client.AppendAsync(s_stream, points, false, Some.NoToken)).Count);
            written += points.Count;
        }

        await using ICdbClient direct = _server.As("me/user");
        List<Datapoint> stored = await Some.Points(direct.ReadAsync(new DataQuery(s_stream), Some.NoToken));
        Assert.Equal(Enumerable.Range(1, written).Select(t => (double)t), stored.Select(point => point.T));
    }

    [Fact]
    public async Task Writers_of_one_stream_do_not_mistake_datapoints_of_others_for_their_own()
    {
        int[] written = await Task.WhenAll(Enumerable.Range(0, 4).Select(WriteAsync));

        await using ICdbClient direct = _server.As("me/user");
        List<Datapoint> stored = await Some.Points(direct.ReadAsync(new DataQuery(s_stream), Some.NoToken));
        Assert.Equal(written.Select((count, writer) => (writer, count)), stored.GroupBy(point => (int)point.GetValue().AsDouble()).OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));

        async Task<int> WriteAsync(int writer)
        {
            await using ICdbClient client = await OpenAsync();
            int count = 0;
            while (_proxy.Cuts < Cuts)
            {
                await client.AppendAsync(s_stream, Some.Point(double.NaN, DataValue.From((double)writer)), true, Some.NoToken);
                count++;
            }

            return count;
        }
    }

    [Fact]
    public async Task Reads_are_complete()
    {
        await using ICdbClient direct = _server.As("me/user");
        await direct.AppendAsync(s_stream, Some.Numbers(600), false, Some.NoToken);
        await using ICdbClient client = await OpenAsync();
        for (int reads = 0; _proxy.Cuts < Cuts / 3; reads++)
        {
            int first = reads * 37 % 500;
            DataQuery query = reads % 2 == 0 ? new DataQuery(s_stream) { I1 = first } : new DataQuery(s_stream) { T1 = first };
            List<Datapoint> read = await Some.Points(client.ReadAsync(query, Some.NoToken));
            Assert.Equal(Enumerable.Range(first + 1, 600 - first).Select(t => (double)t), read.Select(point => point.T));
        }
    }

    [Fact]
    public async Task A_subscriber_receives_everything_exactly_once()
    {
        await using ICdbClient client = await OpenAsync();
        await using Follower plain = new(await SubscribeAsync(client, new SubscriptionQuery(s_stream)));
        await using Follower even = new(await SubscribeAsync(client, new SubscriptionQuery(s_stream) { Transform = "if $ % 2 == 0" }));
        await using ICdbClient direct = _server.As("me/user");
        int written = 0;
        while (_proxy.Cuts < Cuts / 3)
        {
            await direct.AppendAsync(s_stream, Some.Point(1 + written, DataValue.From((double)written)), false, Some.NoToken);
            written++;
            Assert.Equal(written, Assert.Single(await plain.Take(1)).T);
            if (written % 20 == 0)
            {
                _proxy.PullCable();
            }
        }

        await direct.AppendAsync(s_stream, Some.Numbers(5000, firstT: 1 + written), false, Some.NoToken);
        Assert.Equal(Enumerable.Range(1 + written, 5000).Select(t => (double)t), (await plain.Take(5000)).Select(point => point.T));
        List<Datapoint> found = await even.Take(((written + 1) / 2) + 2500);
        Assert.Equal(found.Count, found.Select(point => point.T).Distinct().Count());
        Assert.All(found, point => Assert.Equal(0, point.GetValue().AsDouble() % 2));
        Assert.Equal(written + 5000, plain.Subscription.Position);
    }

    private static async Task<ISubscription> SubscribeAsync(ICdbClient client, SubscriptionQuery query)
    {
        while (true)
        {
            try
            {
                return await client.SubscribeAsync(query, Some.NoToken);
            }
            catch (StoreException error) when (error.Fault == StoreFault.Unreachable)
            {
                // The client does not repeat the first attempt to subscribe either.
            }
        }
    }

    private async Task<ICdbClient> OpenAsync()
    {
        RemoteOptions options = new() { Url = _proxy.Address, ApiKey = _server.OwnerKey, Retries = s_stubborn, Timeout = s_patience };
        while (true)
        {
            try
            {
                return await RemoteClient.OpenAsync(options, Some.NoToken);
            }
            catch (StoreException error) when (error.Fault == StoreFault.Unreachable)
            {
                // The client does not repeat the first attempt.
            }
        }
    }
}
