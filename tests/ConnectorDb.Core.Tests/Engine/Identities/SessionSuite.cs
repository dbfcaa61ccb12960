using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Identities;

public abstract class SessionSuite(Database database) : IDisposable
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private readonly Database _database = database;

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task A_login_is_taken_up_again_until_its_session_expires()
    {
        string session = await Issue(_database.Me);
        Assert.Equal(_database.Me.Device, (await TakeUp(session)).Device);
        _database.Clock.Advance(s_day);
        await Ended(session);
    }

    [SkippableFact]
    public async Task A_session_ends_that_is_not_used_for_a_week_and_every_request_counts_as_use()
    {
        string[] sessions = [await Issue(_database.Me, days: 30), await Issue(_database.Me, days: 30)];
        for (int day = 0; day < 10; day++)
        {
            _database.Clock.Advance(s_day);
            await TakeUp(sessions[0]);
        }

        await Ended(sessions[1]);
        Assert.Single(_database.Engine.ListSessions(_database.Me, null, Some.NoToken));
    }

    [SkippableFact]
    public async Task A_new_key_a_new_password_and_the_end_of_the_device_end_a_session()
    {
        CdbPath user = _database.AddUser("ann", new UserDefinition { Password = "the old password" });
        CdbPath device = _database.AddDevice("ann/d");
        string[] sessions = [await Issue(_database.As("ann/user")), await Issue(_database.As("ann/d"))];
        Login taken = await TakeUp(sessions[0]);
        _database.Engine.UpdateUser(_database.Me, user, new UserDefinition { Password = "the new password" }, Some.NoToken);
        Assert.Throws<AuthenticationException>(() => _database.Engine.GetUser(taken, user, Some.NoToken));
        foreach (string session in sessions)
        {
            await Ended(session);
        }

        string late = await Issue(_database.As("ann/d"));
        _database.Engine.UpdateDevice(_database.Me, device, new DeviceDefinition { ApiKey = "" }, Some.NoToken);
        await Ended(late);

        string last = await Issue(_database.As("ann/d"));
        _database.Engine.Delete(_database.Me, device, Some.NoToken);
        _database.AddDevice("ann/d");
        await Ended(last);
    }

    [SkippableFact]
    public async Task A_session_that_logs_out_is_ended_and_others_go_on()
    {
        string[] sessions = [await Issue(_database.Me), await Issue(_database.Me)];
        await _database.Engine.EndSessionAsync(sessions[0], Some.NoToken);
        await _database.Engine.EndSessionAsync("no session", Some.NoToken);
        await Ended(sessions[0]);
        await TakeUp(sessions[1]);
    }

    [SkippableFact]
    public async Task Of_more_than_a_hundred_sessions_of_a_device_the_longest_unused_ends()
    {
        string first = await Issue(_database.Me);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 100; i++)
        {
            await Issue(_database.Me);
        }

        await Ended(first);
        Assert.Equal(100, _database.Engine.ListSessions(_database.Me, null, Some.NoToken).Count);
    }

    [SkippableFact]
    public async Task Sessions_that_have_ended_leave_the_store_at_the_next_login_an_hour_later()
    {
        await Issue(_database.Me, days: 1);
        _database.Clock.Advance(TimeSpan.FromMinutes(30));
        await Issue(_database.Me, days: 30);
        Assert.Equal(2, Stored());

        _database.Clock.Advance(s_day);
        Assert.Equal(2, Stored());
        await Issue(_database.Me, days: 30);
        Assert.Equal(2, Stored());

        _database.Clock.Advance(TimeSpan.FromDays(8));
        await Issue(_database.Me, days: 30);
        Assert.Equal(1, Stored());

        int Stored()
        {
            using IStore store = _database.OpenStore();
            return store.Read(reader => reader.ListSessions((UserRecord?)null).Count, Some.NoToken);
        }
    }

    [SkippableFact]
    public async Task A_session_is_found_by_its_whole_token_only()
    {
        string session = await Issue(_database.Me);
        foreach (string guess in new[] { "", "1", session[..^1], session + "A", session.ToUpperInvariant() })
        {
            await Ended(guess);
        }

        await Assert.ThrowsAsync<AuthenticationException>(() => Issue(new Login(CdbPath.Parse("me/d"), 99)));
    }

    [SkippableFact]
    public async Task Sessions_are_seen_and_ended_by_whoever_may_change_the_password()
    {
        CdbPath ann = _database.AddUser("ann");
        _database.AddDevice("ann/writer", new DeviceDefinition { Role = "writer" });
        await Issue(_database.As("ann/user"));
        await Issue(_database.Me);
        Assert.Equal(["ann/user", "me/user"], Devices("me/user", null));
        Assert.Equal(["ann/user"], Devices("me/user", ann));
        Assert.Equal(["ann/user"], Devices("ann/user", null));
        Assert.Throws<NotFoundException>(() => Devices("ann/user", CdbPath.Parse("me")));
        Assert.Throws<PermissionDeniedException>(() => Devices("ann/writer", null));

        long mine = _database.Engine.ListSessions(_database.Me, CdbPath.Parse("me"), Some.NoToken).Single().Id;
        long hers = _database.Engine.ListSessions(_database.Me, ann, Some.NoToken).Single().Id;
        Assert.Throws<NotFoundException>(() => _database.Engine.RemoveSession(_database.As("ann/user"), mine, Some.NoToken));
        Assert.Throws<NotFoundException>(() => _database.Engine.RemoveSession(_database.As("ann/writer"), hers, Some.NoToken));
        Assert.Throws<NotFoundException>(() => _database.Engine.RemoveSession(_database.Me, 99, Some.NoToken));
        _database.Engine.RemoveSession(_database.As("ann/user"), hers, Some.NoToken);
        Assert.Equal(["me/user"], Devices("me/user", null));
    }

    private IEnumerable<string> Devices(string as_, CdbPath? user)
        => _database.Engine.ListSessions(_database.As(as_), user, Some.NoToken).Select(session => session.Device.ToString());

    private Task<string> Issue(Login login, int days = 1)
        => _database.Engine.IssueSessionAsync(login, days * s_day, "192.0.2.1", "Browser/1", Some.NoToken).AsTask();

    private Task<Login> TakeUp(string session) => _database.Engine.LoginWithSessionAsync(session, Some.NoToken).AsTask();

    private Task<AuthenticationException> Ended(string session) => Assert.ThrowsAsync<AuthenticationException>(() => TakeUp(session));
}
