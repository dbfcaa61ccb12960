using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Changes;

public abstract class ChangeLogSuite(Database database) : IDisposable
{
    private readonly Database _database = database;

    private CdbEngine Engine => _database.Engine;

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public void Every_change_is_logged_with_its_caller()
    {
        CdbPath ann = _database.AddUser("ann");
        Engine.UpdateUser(_database.Me, ann, new UserDefinition { Nickname = "Ann" }, Some.NoToken);
        CdbPath device = _database.AddDevice("ann/d");
        Engine.UpdateDevice(_database.Me, device, new DeviceDefinition { Nickname = "D" }, Some.NoToken);
        CdbPath stream = Engine.CreateStream(_database.As("ann/d"), device.Child("s"), new StreamDefinition { Downlink = true }, Database.NoClient, Some.NoToken).GetPath();
        Engine.UpdateStream(_database.Me, stream, new StreamDefinition { Nickname = "S" }, Database.NoClient, Some.NoToken);
        Engine.Delete(_database.Me, stream.ToDownlink(), Some.NoToken);
        Engine.Delete(_database.Me, stream, Some.NoToken);
        Engine.Delete(_database.Me, device, Some.NoToken);

        Assert.Equal(
            [
                "CreateUser ann me/user",
                "UpdateUser ann me/user",
                "CreateDevice ann/d me/user",
                "UpdateDevice ann/d me/user",
                "CreateStream ann/d/s ann/d",
                "UpdateStream ann/d/s me/user",
                "DeleteStream ann/d/s/downlink me/user",
                "DeleteStream ann/d/s me/user",
                "DeleteDevice ann/d me/user",
            ],
            Lines("ann"));
        Assert.Equal(Lines("ann").Where(line => !line.EndsWith("ann/d", StringComparison.Ordinal)), Lines("me"));

        Engine.Delete(_database.Me, ann, Some.NoToken);
        Assert.Equal("DeleteUser ann me/user", Lines("me")[^1]);
    }

    [SkippableFact]
    public void Failed_changes_are_not_logged()
    {
        _database.AddDevice("me/d");
        Assert.Throws<NameTakenException>(() => _database.AddDevice("me/d"));
        Assert.Equal(["CreateDevice me/d me/user"], Lines("me"));
    }

    [SkippableFact]
    public async Task The_change_log_can_be_watched()
    {
        _database.AddDevice("me/d");
        await using Follower follower = new(Engine.Subscribe(_database.Me, new SubscriptionQuery(CdbPath.Parse("me/meta/log")), Some.NoToken));
        _database.AddDevice("me/e");
        Assert.Equal("me/e", Text((await follower.Take(1))[0], "arg"));
    }

    [SkippableFact]
    public void The_log_of_a_clock_that_goes_back_stays_in_order()
    {
        _database.AddDevice("me/d");
        _database.Clock.AdjustTime(_database.Clock.GetUtcNow().AddDays(-1));
        _database.AddDevice("me/e");
        Assert.Equal(2, Lines("me").Count);
    }

    private List<string> Lines(string user) =>
    [
        .. _database.Read(CdbPath.Parse($"{user}/meta/log")).Select(line => $"{Text(line, "cmd")} {Text(line, "arg")} {line.Origin}"),
    ];

    private static string Text(Datapoint line, string member)
        => line.GetValue().AsObject().Single(found => found.Key == member).Value.AsText();
}
