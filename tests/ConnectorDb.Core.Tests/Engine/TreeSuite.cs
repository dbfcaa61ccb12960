using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine;

public abstract class TreeSuite(Database database) : IDisposable
{
    private readonly Database _database = database;

    private CdbEngine Engine => _database.Engine;

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public void A_user_is_created_with_two_devices()
    {
        CdbPath ann = _database.AddUser("ann");

        CdbDevice[] devices = [.. Engine.ListDevices(_database.Me, ann, "", int.MaxValue, Some.NoToken)];

        Assert.Equal(["ann/meta", "ann/user"], devices.Select(device => device.Path));
        Assert.Equal(("user", true, true, false, "material:person"), (devices[1].Role, devices[1].Visible, devices[1].UserEditable, devices[1].Public, devices[1].Icon));
        Assert.Equal(("none", false, false, false, "material:bug_report"), (devices[0].Role, devices[0].Visible, devices[0].UserEditable, devices[0].Public, devices[0].Icon));
        Assert.Null(devices[0].ApiKey);
        Assert.NotNull(devices[1].ApiKey);
    }

    [SkippableFact]
    public void Omitted_fields_have_their_defaults()
    {
        CdbUser user = Engine.CreateUser(_database.Me, CdbPath.Parse("ann"), new UserDefinition(), Some.NoToken);
        CdbDevice device = Engine.CreateDevice(_database.Me, CdbPath.Parse("ann/pi"), new DeviceDefinition(), Some.NoToken);
        CdbStream stream = Engine.CreateStream(_database.Me, CdbPath.Parse("ann/pi/x"), new StreamDefinition(), Database.NoClient, Some.NoToken);

        Assert.Equal(("user", true, "", "", "", ""), (user.Role, user.Public, user.Email, user.Nickname, user.Description, user.Icon));
        Assert.Equal(("none", true, true, true, false), (device.Role, device.Enabled, device.Visible, device.UserEditable!.Value, device.Public));
        Assert.Equal(("{}", "", false, false), (stream.Schema, stream.Datatype, stream.Ephemeral, stream.Downlink));
    }

    [SkippableFact]
    public void A_tree_is_created_in_one_call_with_defaults_for_all_nodes()
    {
        CdbPath ann = _database.AddUser("ann", new UserDefinition
        {
            Streams = new Dictionary<string, StreamDefinition> { ["mood"] = new() { Schema = """ { "type" : "number" } """ } },
            Devices = new Dictionary<string, DeviceDefinition>
            {
                ["pi"] = new() { Streams = new Dictionary<string, StreamDefinition> { ["light"] = new() { Downlink = true } } },
            },
        });

        Assert.Equal("""{"type":"number"}""", Stream("ann/user/mood").Schema);
        Assert.True(Stream("ann/pi/light").Downlink);
        CdbDevice pi = Engine.GetDevice(_database.Me, ann.Child("pi"), Some.NoToken);
        Assert.Equal((true, true, true), (pi.Enabled, pi.Visible, pi.UserEditable!.Value));
        Assert.NotNull(pi.ApiKey);
    }

    [SkippableTheory]
    [InlineData("bad name!", "{}", typeof(InvalidNameException))]
    [InlineData("x", """{"type":"nonsense"}""", typeof(InvalidSchemaException))]
    [InlineData("x", "{", typeof(InvalidSchemaException))]
    public void A_tree_with_one_error_creates_nothing(string name, string schema, Type error)
    {
        UserDefinition definition = new()
        {
            Devices = new Dictionary<string, DeviceDefinition>
            {
                ["good"] = new(),
                ["pi"] = new() { Streams = new Dictionary<string, StreamDefinition> { [name] = new() { Schema = schema } } },
            },
        };

        Assert.Throws(error, () => _database.AddUser("ann", definition));
        Assert.False(Engine.Exists(_database.Me, CdbPath.Parse("ann"), Some.NoToken));
    }

    [SkippableFact]
    public void A_tree_that_fails_at_its_last_node_leaves_nothing()
    {
        UserDefinition definition = new() { Devices = new Dictionary<string, DeviceDefinition> { ["pi"] = new(), ["user"] = new() } };

        Assert.Throws<NameTakenException>(() => _database.AddUser("ann", definition));
        Assert.False(Engine.Exists(_database.Me, CdbPath.Parse("ann"), Some.NoToken));
    }

    [SkippableTheory]
    [InlineData("admin")]
    [InlineData("Root")]
    [InlineData("nobody")]
    public void Reserved_user_names_are_rejected(string name)
        => Assert.Throws<InvalidNameException>(() => _database.AddUser(name));

    [SkippableFact]
    public void Existing_nodes_are_not_created_again()
    {
        _database.AddUser("ann", new UserDefinition { Email = "a@example.org" });
        _database.AddDevice("ann/pi");
        _database.AddStream("ann/pi/x");

        Assert.Throws<NameTakenException>(() => _database.AddUser("ann"));
        Assert.Throws<NameTakenException>(() => _database.AddUser("Ann"));
        Assert.Throws<NameTakenException>(() => _database.AddUser("bob", new UserDefinition { Email = "A@Example.org" }));
        Assert.Throws<NameTakenException>(() => _database.AddDevice("ann/pi"));
        Assert.Throws<NameTakenException>(() => _database.AddStream("ann/pi/x"));
    }

    [SkippableTheory]
    [InlineData("nowhere")]
    [InlineData("me/nowhere")]
    [InlineData("me/user/nowhere")]
    [InlineData("Me")]
    public void Missing_nodes_are_reported_with_their_path(string text)
    {
        CdbPath path = CdbPath.Parse(text);
        Assert.False(Engine.Exists(_database.Me, path, Some.NoToken));
        NotFoundException error = Assert.Throws<NotFoundException>(() => Engine.Delete(_database.Me, path, Some.NoToken));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Target);
    }

    [SkippableFact]
    public void Nothing_is_created_below_a_missing_node()
    {
        Assert.Throws<NotFoundException>(() => _database.AddDevice("nowhere/pi"));
        Assert.Throws<NotFoundException>(() => _database.AddStream("me/nowhere/x"));
    }

    [SkippableFact]
    public void Changes_keep_all_other_fields()
    {
        CdbPath pi = _database.AddDevice("me/pi", new DeviceDefinition { Nickname = "n", Description = "d", Role = "reader" });
        string? key = Engine.GetDevice(_database.Me, pi, Some.NoToken).ApiKey;

        CdbDevice changed = Engine.UpdateDevice(_database.Me, pi, new DeviceDefinition { Description = "e", Visible = false }, Some.NoToken);

        Assert.Equal(("n", "e", "reader", false, key), (changed.Nickname, changed.Description, changed.Role, changed.Visible, changed.ApiKey));
    }

    [SkippableFact]
    public void Deleting_a_node_deletes_its_children_and_nothing_else()
    {
        _database.AddUser("ann");
        _database.AddDevice("ann/pi");
        CdbPath stream = _database.AddStream("ann/pi/x");
        _database.Append(stream, Some.Numbers(5000));

        Engine.Delete(_database.Me, CdbPath.Parse("ann"), Some.NoToken);

        Assert.Equal((1, 2, 0), Counts());
        _database.AddUser("ann");
        _database.AddDevice("ann/pi");
        Assert.Empty(_database.Read(_database.AddStream("ann/pi/x")));
    }

    [SkippableTheory]
    [InlineData("me/user")]
    [InlineData("me/meta")]
    [InlineData("me")]
    public void Required_nodes_cannot_be_deleted(string path)
        => Assert.Throws<PermissionDeniedException>(() => Engine.Delete(_database.Me, CdbPath.Parse(path), Some.NoToken));

    [SkippableFact]
    public void The_last_administrator_keeps_its_role()
    {
        Assert.Throws<PermissionDeniedException>(() => Engine.UpdateUser(_database.Me, CdbPath.Parse("me"), new UserDefinition { Role = "user" }, Some.NoToken));
        _database.AddUser("ann", new UserDefinition { Role = "admin" });
        Engine.UpdateUser(_database.Me, CdbPath.Parse("me"), new UserDefinition { Role = "user" }, Some.NoToken);
        Assert.Null(Engine.Info(_database.Me, Some.NoToken).Users);
    }

    [SkippableFact]
    public void A_device_of_a_private_user_cannot_become_public()
    {
        _database.AddUser("ann", new UserDefinition { Public = false });
        Assert.Throws<InvalidValueException>(() => _database.AddDevice("ann/pi", new DeviceDefinition { Public = true }));
        CdbPath pi = _database.AddDevice("ann/pi");
        Assert.Throws<InvalidValueException>(() => Engine.UpdateDevice(_database.Me, pi, new DeviceDefinition { Public = true }, Some.NoToken));
        Engine.UpdateUser(_database.Me, CdbPath.Parse("ann"), new UserDefinition { Public = true }, Some.NoToken);
        Engine.UpdateDevice(_database.Me, pi, new DeviceDefinition { Public = true }, Some.NoToken);
        Assert.Throws<InvalidValueException>(() => Engine.UpdateUser(_database.Me, CdbPath.Parse("ann"), new UserDefinition { Public = false }, Some.NoToken));
    }

    [SkippableFact]
    public void Invalid_definitions_are_rejected()
    {
        Assert.Throws<InvalidValueException>(() => _database.AddUser("ann", new UserDefinition { Email = "no address" }));
        Assert.Throws<InvalidValueException>(() => _database.AddUser("ann", new UserDefinition { Role = "king" }));
        Assert.Throws<InvalidValueException>(() => _database.AddUser("ann", new UserDefinition { Role = "nobody" }));
        Assert.Throws<InvalidValueException>(() => _database.AddDevice("me/pi", new DeviceDefinition { Role = "admin" }));
        Assert.Throws<InvalidValueException>(() => _database.AddDevice("me/pi", new DeviceDefinition { Description = new string('x', 1001) }));
        Assert.Throws<InvalidValueException>(() => _database.AddStream("me/user/x", new StreamDefinition { Icon = "material:" + new string('x', 30) }));
    }

    [SkippableFact]
    public void Paths_of_another_kind_are_rejected()
    {
        Assert.Throws<InvalidNameException>(() => _database.AddUser("me/pi"));
        Assert.Throws<InvalidNameException>(() => Engine.GetDevice(_database.Me, CdbPath.Parse("me"), Some.NoToken));
        Assert.Throws<InvalidNameException>(() => Engine.Append(_database.Me, CdbPath.Parse("me/user"), Some.Numbers(1), false, Some.NoToken));
    }

    private CdbStream Stream(string path) => Engine.GetStream(_database.Me, CdbPath.Parse(path), Database.NoClient, Some.NoToken);

    private (long? Users, long? Devices, long? Streams) Counts()
        => Engine.Info(_database.Me, Some.NoToken) is var info ? (info.Users, info.Devices, info.Streams) : default;
}
