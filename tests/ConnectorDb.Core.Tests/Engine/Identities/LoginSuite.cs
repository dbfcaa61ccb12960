using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Identities;

public abstract class LoginSuite(Database database) : IDisposable
{
    private readonly Database _database = database;

    private CdbEngine Engine => _database.Engine;

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public void A_user_logs_in_by_name_or_address_in_any_case_with_the_password_alone()
    {
        _database.AddUser("ann", new UserDefinition { Email = "Ann@example.org", Password = "open sesame, please" });

        Assert.Equal("ann/user", Engine.LoginWithPassword("ANN", "open sesame, please", Some.NoToken).Device.ToString());
        Assert.Equal("ann/user", Engine.LoginWithPassword("ann@EXAMPLE.org", "open sesame, please", Some.NoToken).Device.ToString());
        Assert.Throws<AuthenticationException>(() => Engine.LoginWithPassword("ann", "Open sesame, please", Some.NoToken));
        Assert.Throws<AuthenticationException>(() => Engine.LoginWithPassword("ann", "", Some.NoToken));
        Assert.Throws<AuthenticationException>(() => Engine.LoginWithPassword("nobody-here", "open sesame, please", Some.NoToken));
    }

    [SkippableFact]
    public void A_user_without_a_password_cannot_log_in_with_one()
    {
        Assert.Throws<AuthenticationException>(() => Engine.LoginWithPassword("me", "", Some.NoToken));
        Assert.Throws<InvalidValueException>(() => _database.AddUser("ann", new UserDefinition { Password = "" }));
    }

    [SkippableFact]
    public void A_changed_password_replaces_the_old_one()
    {
        CdbPath ann = _database.AddUser("ann", new UserDefinition { Password = "the old password" });
        Engine.UpdateUser(_database.Me, ann, new UserDefinition { Password = "the new password" }, Some.NoToken);

        Engine.LoginWithPassword("ann", "the new password", Some.NoToken);
        Assert.Throws<AuthenticationException>(() => Engine.LoginWithPassword("ann", "the old password", Some.NoToken));
    }

    [SkippableFact]
    public void A_device_logs_in_with_its_key_until_the_key_is_reset()
    {
        CdbPath pi = _database.AddDevice("me/pi");
        string first = KeyOf(pi);
        Assert.Equal(pi, Engine.LoginWithKey(first, Some.NoToken).Device);

        string second = Engine.UpdateDevice(_database.Me, pi, new DeviceDefinition { ApiKey = "" }, Some.NoToken).ApiKey!;

        Assert.NotEqual(first, second);
        Assert.Equal(pi, Engine.LoginWithKey(second, Some.NoToken).Device);
        Assert.Throws<AuthenticationException>(() => Engine.LoginWithKey(first, Some.NoToken));
        Assert.Throws<AuthenticationException>(() => Engine.LoginWithKey("", Some.NoToken));
    }

    [SkippableFact]
    public void A_chosen_key_is_accepted_if_it_is_long_and_unused()
    {
        CdbPath pi = _database.AddDevice("me/pi", new DeviceDefinition { ApiKey = "0123456789abcdef" });

        Assert.Equal("0123456789abcdef", KeyOf(pi));
        Assert.Throws<InvalidValueException>(() => _database.AddDevice("me/two", new DeviceDefinition { ApiKey = "short" }));
        NameTakenException error = Assert.Throws<NameTakenException>(() => _database.AddDevice("me/two", new DeviceDefinition { ApiKey = "0123456789abcdef" }));
        Assert.DoesNotContain("0123456789abcdef", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Keys_are_random_and_long()
    {
        string[] keys = [.. Enumerable.Range(0, 100).Select(i => KeyOf(_database.AddDevice($"me/d{i}")))];

        Assert.Equal(100, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9_-]{32}$", key));
    }

    [SkippableFact]
    public void The_meta_device_has_no_key()
        => Assert.Null(KeyOf(CdbPath.Parse("me/meta")));

    [SkippableFact]
    public void Without_the_secret_file_keys_still_log_in_but_are_not_shown()
    {
        CdbPath pi = _database.AddDevice("me/pi");
        string key = KeyOf(pi);
        using TempFolder elsewhere = new();
        using CdbEngine moved = StoreFactory.OpenEngine(_database.Location, elsewhere["keys"], TimeProvider.System);
        Login me = moved.LoginAs(CdbPath.Parse("me/user"), Some.NoToken);

        Assert.Equal(pi, moved.LoginWithKey(key, Some.NoToken).Device);
        Assert.Null(moved.GetDevice(me, pi, Some.NoToken).ApiKey);

        string renewed = moved.UpdateDevice(me, pi, new DeviceDefinition { ApiKey = "" }, Some.NoToken).ApiKey!;
        Assert.Equal(renewed, moved.GetDevice(me, pi, Some.NoToken).ApiKey);
        Assert.Null(KeyOf(pi));
    }

    [SkippableFact]
    public void A_deleted_device_has_no_access_even_when_another_gets_its_name()
    {
        CdbPath pi = _database.AddDevice("me/pi");
        Login login = _database.As("me/pi");
        Engine.Delete(_database.Me, pi, Some.NoToken);
        Assert.Throws<AuthenticationException>(() => Engine.Ping(login, Some.NoToken));

        _database.AddDevice("me/pi");
        Assert.Throws<AuthenticationException>(() => Engine.Ping(login, Some.NoToken));
    }

    [SkippableFact]
    public void A_changed_role_applies_at_once()
    {
        CdbPath pi = _database.AddDevice("me/pi");
        Login login = _database.As("me/pi");
        Assert.False(Engine.Exists(login, CdbPath.Parse("me/user"), Some.NoToken));

        Engine.UpdateDevice(_database.Me, pi, new DeviceDefinition { Role = "reader" }, Some.NoToken);

        Assert.True(Engine.Exists(login, CdbPath.Parse("me/user"), Some.NoToken));
    }

    private string KeyOf(CdbPath device) => Engine.GetDevice(_database.Me, device, Some.NoToken).ApiKey!;
}
