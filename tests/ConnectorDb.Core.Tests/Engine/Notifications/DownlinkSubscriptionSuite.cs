using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Notifications;

public abstract class DownlinkSubscriptionSuite : IDisposable
{
    private readonly Database _database;
    private readonly CdbPath _light;

    protected DownlinkSubscriptionSuite(Database database)
    {
        _database = database;
        _database.AddDevice("me/lamp");
        _light = _database.AddStream("me/lamp/light", new StreamDefinition { Downlink = true });
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task The_owner_receives_the_origin_of_a_request_and_appends_the_result()
    {
        await using Follower asked = Follow("me/lamp", _light.ToDownlink());
        await using Follower done = Follow("me/user", _light);
        Ask(1, true);

        Datapoint wish = Assert.Single(await asked.Take(1));
        Assert.Equal("me/user", wish.Origin);
        Assert.True(wish.Value.AsBoolean());
        Assert.False(done.IsServed);

        _database.Append(_light, Some.Point(2, wish.Value));

        Datapoint answer = Assert.Single(await done.Take(1));
        Assert.Null(answer.Origin);
        Assert.True(answer.Value.AsBoolean());
    }

    [SkippableFact]
    public async Task A_downlink_that_was_cleared_continues_from_its_start()
    {
        Ask(1, true);
        Ask(2, true);
        await using Follower asked = Follow("me/lamp", _light.ToDownlink());
        Ask(3, true);
        Assert.Equal(3, Assert.Single(await asked.Take(1)).T);

        _database.Engine.Delete(_database.Me, _light.ToDownlink(), Some.NoToken);
        Ask(4, false);

        Assert.Equal(4, Assert.Single(await asked.Take(1)).T);
        Assert.Equal(1, asked.Subscription.Position);
    }

    [SkippableFact]
    public async Task A_downlink_continues_after_it_was_switched_off_and_on()
    {
        await using Follower asked = Follow("me/lamp", _light.ToDownlink());
        Ask(1, true);
        await asked.Take(1);

        Switch(false);
        Assert.False(asked.IsServed);
        Switch(true);
        Ask(2, true);

        Assert.Equal(2, Assert.Single(await asked.Take(1)).T);
    }

    private Follower Follow(string device, CdbPath path) => new(_database.Engine.Subscribe(_database.As(device), new SubscriptionQuery(path), Some.NoToken));

    private void Ask(double t, bool on) => _database.Engine.Append(_database.Me, _light, Some.Point(t, DataValue.From(on)), restamp: false, Some.NoToken);

    private void Switch(bool on)
        => _database.Engine.UpdateStream(_database.Me, _light, new StreamDefinition { Downlink = on }, Database.NoClient, Some.NoToken);
}
