using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Core.Tests.Engine;

/// <summary>Readers of a stream into which datapoints are put before its end.</summary>
public abstract class LateDatapointSuite : IDisposable
{
    private readonly Database _database;
    private readonly CdbPath _stream;

    protected LateDatapointSuite(Database database)
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
    public async Task A_subscription_goes_back_to_a_late_datapoint_also_of_another_process()
    {
        _database.Append(_stream, Some.Numbers(5, firstT: 0));
        FakeTimeProvider clock = new();
        using CdbEngine other = _database.OpenOther(clock);
        await using ISubscription near = Subscribe(_database.Engine);
        await using ISubscription far = Subscribe(other);
        await using IAsyncEnumerator<Block> nearBatches = near.ReadAsync(Some.NoToken).GetAsyncEnumerator();
        await using IAsyncEnumerator<Block> farBatches = far.ReadAsync(Some.NoToken).GetAsyncEnumerator();
        Assert.True(await nearBatches.MoveNextAsync());
        Assert.True(await farBatches.MoveNextAsync());

        await MergeAsync(2.5);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await nearBatches.MoveNextAsync());
        Assert.True(await farBatches.MoveNextAsync());
        Assert.Equal([2.5, 3.0, 4.0], nearBatches.Current.Times.ToArray());
        Assert.Equal([2.5, 3.0, 4.0], farBatches.Current.Times.ToArray());
    }

    [SkippableFact]
    public async Task A_subscription_gets_the_new_of_a_repeated_batch_once()
    {
        _database.Append(_stream, Some.Numbers(5, firstT: 0));
        await using ISubscription subscription = Subscribe(_database.Engine);
        await using IAsyncEnumerator<Block> batches = subscription.ReadAsync(Some.NoToken).GetAsyncEnumerator();
        Assert.True(await batches.MoveNextAsync());

        await MergeAsync([.. Some.Numbers(7, firstT: 0).Times.ToArray()]);

        Assert.True(await batches.MoveNextAsync());
        Assert.Equal([5.0, 6.0], batches.Current.Times.ToArray());
    }

    [SkippableFact]
    public async Task A_read_that_is_under_way_ends_and_can_be_repeated()
    {
        _database.Append(_stream, Some.Numbers(40_000, firstT: 0));
        await using IAsyncEnumerator<Block> blocks = _database.Engine.ReadAsync(_database.Me, new DataQuery(_stream), Some.NoToken).GetAsyncEnumerator();
        Assert.True(await blocks.MoveNextAsync());

        await MergeAsync(10.5);

        await Assert.ThrowsAsync<NotFoundException>(async () =>
        {
            while (await blocks.MoveNextAsync())
            {
            }
        });
        Assert.Equal(40_001, _database.Read(_stream).Count);
    }

    [SkippableFact]
    public async Task A_chart_that_is_remembered_shows_a_late_datapoint()
    {
        _database.Append(_stream, Some.Numbers(100_000, firstT: 0));
        ChartQuery chart = new(new DataQuery(_stream)) { Columns = 10 };
        Assert.Equal(100_000, await CountAsync());

        await MergeAsync(10.5);

        Assert.Equal(100_001, await CountAsync());

        async Task<long> CountAsync() => (await _database.Engine.ChartAsync(_database.Me, [chart], Some.NoToken))[0]!.Sum(column => column.Count);
    }

    private ISubscription Subscribe(CdbEngine engine) => engine.Subscribe(engine.LoginAs(_stream.Parent!, Some.NoToken), new SubscriptionQuery(_stream) { FromIndex = 0 }, Some.NoToken);

    /// <summary>Datapoints of the values that <see cref="Some.Numbers"/> has at these times.</summary>
    private async Task MergeAsync(params double[] times)
    {
        Dictionary<double, DataValue> known = _database.Read(_stream).ToDictionary(point => point.T, point => point.Value);
        BlockBuilder block = new();
        foreach (double t in times)
        {
            block.Add(t, known.TryGetValue(t, out DataValue value) ? value : DataValue.From(-1.0));
        }

        Login login = _database.As(_stream.Parent!.ToString());
        AppendResult result = Assert.Single(await _database.Engine.MergeAsync(login, [new StreamBlock(_stream, block.Build())], null, Some.NoToken));
        Assert.Equal(times.Length, result.Count);
    }
}
