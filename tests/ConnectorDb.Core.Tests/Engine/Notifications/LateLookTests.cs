using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ConnectorDb.Core.Tests.Engine.Notifications;

/// <summary>Subscriptions of another process, which looks at a file only now and then.</summary>
public sealed class LateLookTests : IDisposable
{
    private readonly Database _database = new();
    private readonly CdbPath _stream;

    public LateLookTests() => _stream = _database.AddStream("me/user/x");

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    [InlineData(3, 8)]
    [InlineData(5, 40)]
    public async Task A_subscription_of_another_connection_misses_nothing_when_more_is_appended_than_was_removed(int removed, int appended)
    {
        _database.Append(_stream, Some.Numbers(5, firstT: 0));
        FakeTimeProvider clock = new();
        using CdbEngine other = _database.OpenOther(clock);
        Login login = other.LoginAs(_stream.Parent!, Some.NoToken);
        ISubscription subscription = other.Subscribe(login, new SubscriptionQuery(_stream) { FromIndex = 0 }, Some.NoToken);
        await using IAsyncEnumerator<Block> batches = subscription.ReadAsync(Some.NoToken).GetAsyncEnumerator();
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(5, subscription.Position);

        // The clock of the other engine stands still, so that it looks only after all three.
        _database.Engine.RemoveNewest(_database.Me, _stream, 4, 5, Some.NoToken);
        _database.Append(_stream, Some.Numbers(1, firstT: 100));
        _database.Engine.RemoveNewest(_database.Me, _stream, 5 - removed, 5, Some.NoToken);
        _database.Append(_stream, Some.Numbers(appended, firstT: 1000));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(Enumerable.Range(1000, appended).Select(t => (double)t), batches.Current.Times.ToArray());
        Assert.Equal(5 - removed + appended, subscription.Position);

        _database.Append(_stream, Some.Numbers(2, firstT: 5000));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal([5000.0, 5001.0], batches.Current.Times.ToArray());
    }
}
