using System.Text;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Identities;

public sealed class SessionTests : IDisposable
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private readonly Database _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void A_login_is_taken_up_again_until_its_session_expires()
    {
        string session = Issue(_database.Me);
        Assert.Equal(_database.Me, TakeUp(session));
        _database.Clock.Advance(s_day);
        Assert.Throws<AuthenticationException>(() => TakeUp(session));
    }

    [Fact]
    public void A_new_key_a_new_password_and_the_end_of_the_device_end_a_session()
    {
        CdbPath user = _database.AddUser("ann", new UserDefinition { Password = "old" });
        CdbPath device = _database.AddDevice("ann/d");
        string[] sessions = [Issue(_database.As("ann/user")), Issue(_database.As("ann/d"))];
        _database.Engine.UpdateUser(_database.Me, user, new UserDefinition { Password = "new" }, Some.NoToken);
        Assert.All(sessions, session => Assert.Throws<AuthenticationException>(() => TakeUp(session)));

        string late = Issue(_database.As("ann/d"));
        _database.Engine.UpdateDevice(_database.Me, device, new DeviceDefinition { ApiKey = "" }, Some.NoToken);
        Assert.Throws<AuthenticationException>(() => TakeUp(late));

        string last = Issue(_database.As("ann/d"));
        _database.Engine.Delete(_database.Me, device, Some.NoToken);
        _database.AddDevice("ann/d");
        Assert.Throws<AuthenticationException>(() => TakeUp(last));
    }

    [Fact]
    public void Sessions_cannot_be_forged()
    {
        _database.AddDevice("me/d");
        string session = Issue(_database.As("me/d"));
        string[] parts = session.Split('.');
        string claim = Encoding.UTF8.GetString(Convert.FromBase64String(parts[0].PadRight((parts[0].Length + 3) / 4 * 4, '=')));
        string longer = Encode(claim[..^1] + (char)(((claim[^1] - '0' + 1) % 10) + '0'));
        string another = Encode(claim.Replace("me/d|", "me/user|", StringComparison.Ordinal));
        string[] forged = ["", ".", "x", parts[0], "." + parts[1], $"{longer}.{parts[1]}", $"{another}.{parts[1]}", session + "A", $"{Encode("no name/d|1|9999999999")}.{parts[1]}", $"{Encode("me/d|1|99999999999999999")}.{parts[1]}"];
        Assert.All(forged, text => Assert.Throws<AuthenticationException>(() => TakeUp(text)));
        Assert.Throws<AuthenticationException>(() => Issue(new Login(CdbPath.Parse("me/d"), 99)));
    }

    private string Issue(Login login) => _database.Engine.IssueSession(login, s_day, Some.NoToken);

    private Login TakeUp(string session) => _database.Engine.LoginWithSession(session, Some.NoToken);

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
