using System.Text.RegularExpressions;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Exchange;

namespace ConnectorDb.Core.Tests.Client.Exchange;

public abstract class RoundTripSuite(IPostgres? server) : IDisposable
{
    private readonly Places _places = new(server);

    public void Dispose()
    {
        _places.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task A_user_is_exported_and_imported_with_everything_it_owns()
    {
        CdbPath lamp = await Places.FillAsync(_places.From, "ada/lamp/light", new StreamDefinition { Schema = """{"type":"boolean"}""", Downlink = true, Icon = "material:lamp", Nickname = "Lámpa" });
        CdbPath mood = await Places.FillAsync(_places.From, "ada/user/mood", new StreamDefinition { Datatype = "rating.stars", Description = "1–5" }, Some.Numbers(5000));
        await Places.WriteAsync(_places.From, "ada/user", lamp, Some.Point(10, DataValue.From(true)));
        await Places.WriteAsync(_places.From, "me/user", lamp, Some.Point(20, DataValue.From(false)));
        await _places.From.UpdateUserAsync(CdbPath.Parse("ada"), new UserDefinition { Nickname = "Ada 🚀", Public = false, Role = "user" }, Some.NoToken);
        await _places.From.UpdateDeviceAsync(lamp.Parent!, new DeviceDefinition { Role = "reader", Visible = false, Description = "on the desk" }, Some.NoToken);

        await _places.ExportAsync("ada");
        Import import = await _places.ImportAsync();

        CdbUser user = await _places.To.GetUserAsync(CdbPath.Parse("ada"), Some.NoToken);
        Assert.Equal(("Ada 🚀", "ada@example.org", false, "user"), (user.Nickname, user.Email, user.Public, user.Role));
        CdbDevice device = await _places.To.GetDeviceAsync(lamp.Parent!, Some.NoToken);
        Assert.Equal(("reader", false, "on the desk"), (device.Role, device.Visible, device.Description));
        CdbStream stream = await _places.To.GetStreamAsync(lamp, Some.NoToken);
        Assert.Equal(("""{"type":"boolean"}""", true, "material:lamp", "Lámpa"), (stream.Schema, stream.Downlink, stream.Icon, stream.Nickname));
        CdbStream moods = await _places.To.GetStreamAsync(mood, Some.NoToken);
        Assert.Equal(("rating.stars", "1–5"), (moods.Datatype, moods.Description));
        Assert.Equal(await Places.ReadAsync(_places.From, mood), await Places.ReadAsync(_places.To, mood));
        Assert.Equal(["10 true ada/user", "20 false me/user"], await Places.ReadAsync(_places.To, lamp.ToDownlink()));
        Assert.Contains("no password", Assert.Single(import.Notes), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Names_that_another_system_cannot_have_are_restored()
    {
        CdbPath[] streams =
        [
            CdbPath.Parse("aux/nul/CON"), CdbPath.Parse("aux/nul/con"), CdbPath.Parse("aux/nul/com1"), CdbPath.Parse("aux/nul/temp"),
            CdbPath.Parse("aux/nul/Temp"), CdbPath.Parse("aux/nul/plain"), CdbPath.Parse("aux/NUL/lpt9"), CdbPath.Parse("aux/Prn/x"), CdbPath.Parse("aux/user/console"),
        ];
        foreach (CdbPath stream in streams)
        {
            await Places.FillAsync(_places.From, stream.ToString(), null, Some.Numbers(3));
        }

        await _places.ExportAsync("aux");

        string[] folders = Directory.GetDirectories(_places.Folder, "*", SearchOption.AllDirectories);
        Assert.Equal(folders.Length, folders.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.DoesNotContain(folders, folder => Regex.IsMatch(Path.GetFileName(folder), "^(con|prn|aux|nul|com[0-9]|lpt[0-9])$", RegexOptions.IgnoreCase));
        Assert.Contains(Path.Combine(_places.Folder, "aux~0", "nul~0", "CON~7"), folders);
        Assert.Contains(Path.Combine(_places.Folder, "aux~0", "nul~0", "plain"), folders);
        await _places.ImportAsync();
        foreach (CdbPath stream in streams)
        {
            Assert.Equal(await Places.ReadAsync(_places.From, stream), await Places.ReadAsync(_places.To, stream));
        }
    }

    [SkippableFact]
    public async Task Users_with_names_that_differ_only_in_case_share_a_folder_and_none_is_written_twice()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light");
        await _places.ExportAsync("ada");
        await Places.FillAsync(_places.To, "Ada/lamp/light");

        await _places.ExportAsync("Ada", _places.To);

        Assert.Equal(["Ada~1", "ada"], Directory.GetDirectories(_places.Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<NameTakenException>(() => _places.ExportAsync("ada"));
        await Assert.ThrowsAsync<NameTakenException>(() => _places.ExportAsync("Ada", _places.To));
    }

    [SkippableFact]
    public async Task Devices_keep_their_keys()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light");
        await _places.ExportAsync("ada");
        await _places.ImportAsync();

        foreach (string path in new[] { "ada/lamp", "ada/user" })
        {
            CdbDevice before = await _places.From.GetDeviceAsync(CdbPath.Parse(path), Some.NoToken);
            CdbDevice after = await _places.To.GetDeviceAsync(CdbPath.Parse(path), Some.NoToken);
            Assert.NotNull(before.ApiKey);
            Assert.Equal(before.ApiKey, after.ApiKey);
        }
    }

    [SkippableTheory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Keys_stay_out_when_one_side_says_so(bool exported, bool imported)
    {
        await Places.FillAsync(_places.From, "ada/lamp/light", null, Some.Numbers(3));
        CdbDevice before = await _places.From.GetDeviceAsync(CdbPath.Parse("ada/lamp"), Some.NoToken);
        await _places.ExportAsync("ada", withKeys: exported);
        await _places.ImportAsync(options: new ImportOptions { WithKeys = imported });

        CdbDevice after = await _places.To.GetDeviceAsync(CdbPath.Parse("ada/lamp"), Some.NoToken);
        Assert.NotNull(after.ApiKey);
        Assert.NotEqual(before.ApiKey, after.ApiKey);
        Assert.Equal(exported, (await File.ReadAllTextAsync(Path.Combine(_places.Folder, "ada", "lamp", "device.json"))).Contains(before.ApiKey!, StringComparison.Ordinal));
        Assert.Equal(3, await _places.To.CountAsync(CdbPath.Parse("ada/lamp/light"), Some.NoToken));
    }

    [SkippableFact]
    public async Task A_device_is_imported_to_another_user()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light", null, Some.Numbers(3));
        await _places.ExportAsync("ada/lamp");
        await _places.ImportAsync("me");
        Assert.Equal(3, await _places.To.CountAsync(CdbPath.Parse("me/lamp/light"), Some.NoToken));
    }

    [SkippableFact]
    public async Task A_stream_is_imported_to_another_device()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light", null, Some.Numbers(3));
        await _places.ExportAsync("ada/lamp/light");
        await _places.ImportAsync("me/user");
        Assert.Equal(3, await _places.To.CountAsync(CdbPath.Parse("me/user/light"), Some.NoToken));
    }

    [SkippableFact]
    public async Task Users_share_a_folder()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light", null, Some.Numbers(3));
        await Places.FillAsync(_places.From, "bob/lamp/light", null, Some.Numbers(4));
        await _places.ExportAsync("ada");
        await _places.ExportAsync("bob");
        await _places.ImportAsync();
        Assert.Equal(3, await _places.To.CountAsync(CdbPath.Parse("ada/lamp/light"), Some.NoToken));
        Assert.Equal(4, await _places.To.CountAsync(CdbPath.Parse("bob/lamp/light"), Some.NoToken));
    }

    [SkippableTheory]
    [InlineData("me")]
    [InlineData("me/user")]
    public async Task A_folder_may_be_written_with_a_slash_at_its_end(string path)
    {
        await _places.ExportAsync(path, folder: _places.Folder + "/");
        Assert.Equal(CdbPath.Parse(path).Name, Assert.Single(ImportFolder.Read(_places.Folder + "/")).Name);
    }

    [SkippableTheory]
    [InlineData("9223372036854775807")]
    [InlineData("123456789012345678901234567890.5")]
    [InlineData("1e400")]
    [InlineData("0.1")]
    [InlineData("-0.0")]
    [InlineData("5.0")]
    [InlineData("null")]
    [InlineData("\"ünï \\u0000 😀 <&'+> \\\\ \\\" 汉\"")]
    [InlineData("""{"b":1,"a":[true,null,{"ß":"ß"}],"":""}""")]
    public async Task Values_survive_to_the_last_bit(string json)
    {
        DataValue value = DataValue.Parse(json);
        CdbPath stream = await Places.FillAsync(_places.From, "me/user/s", null, Some.Point(0, value), Some.Point(1.7e9 + 0.123456, value));
        await _places.ExportAsync("me/user/s");
        await _places.ImportAsync("me/user");

        IReadOnlyList<string> after = await Places.ReadAsync(_places.To, stream);
        Assert.Equal(await Places.ReadAsync(_places.From, stream), after);
        Assert.Equal($"0 {value.ToJson()}", after[0]);
    }

    [SkippableFact]
    public async Task Times_beyond_the_calendar_that_older_versions_stored_are_restored_and_can_be_removed()
    {
        CdbPath stream = await Places.FillAsync(_places.From, "me/user/s", null, Some.Point(-1e18, DataValue.From(1)), Some.Point(1.7e9, DataValue.From(2)), Some.Point(1e18, DataValue.From(3)), Some.Point(1e300, DataValue.From(4)));
        await _places.ExportAsync("me/user/s");
        await _places.ImportAsync("me/user");

        Assert.Equal(["-1E+18 1", "1700000000 2", "1E+18 3", "1E+300 4"], await Places.ReadAsync(_places.To, stream));
        await _places.To.RemoveNewestAsync(stream, 2, 4, Some.NoToken);
        await _places.To.AppendAsync(stream, Some.Point(1.8e9, DataValue.From(5)), restamp: false, Some.NoToken);
        Assert.Equal(["-1E+18 1", "1700000000 2", "1800000000 5"], await Places.ReadAsync(_places.To, stream));
    }

    [SkippableFact]
    public async Task Datapoints_with_equal_times_are_kept_in_order()
    {
        Block block = new(Enumerable.Repeat(7.5, 10_000).ToArray(), new IntegerColumn(Enumerable.Range(0, 10_000).Select(i => (long)i).ToArray()));
        CdbPath stream = await Places.FillAsync(_places.From, "me/user/s", null, block);
        await _places.ExportAsync("me/user/s");
        await _places.ImportAsync("me/user");
        Assert.Equal(await Places.ReadAsync(_places.From, stream), await Places.ReadAsync(_places.To, stream));
    }

    [SkippableFact]
    public async Task Data_that_violates_the_current_schema_is_imported_and_the_schema_applies_afterwards()
    {
        CdbPath stream = await Places.FillAsync(_places.From, "me/user/s", null, Some.Point(1, DataValue.From("text")));
        await _places.From.UpdateStreamAsync(stream, new StreamDefinition { Schema = """{"type":"number"}""" }, Some.NoToken);
        await _places.ExportAsync("me/user/s");
        await _places.ImportAsync("me/user");

        Assert.Equal(["1 \"text\""], await Places.ReadAsync(_places.To, stream));
        await Assert.ThrowsAsync<SchemaViolationException>(async () => await _places.To.AppendAsync(stream, Some.Point(2, DataValue.From("text")), false, Some.NoToken));
    }

    [SkippableFact]
    public async Task Datapoints_stored_before_a_stream_became_ephemeral_are_kept()
    {
        CdbPath stream = await Places.FillAsync(_places.From, "me/user/s", null, Some.Numbers(3));
        await _places.From.UpdateStreamAsync(stream, new StreamDefinition { Ephemeral = true }, Some.NoToken);
        await _places.ExportAsync("me/user/s");
        await _places.ImportAsync("me/user");

        Assert.True((await _places.To.GetStreamAsync(stream, Some.NoToken)).Ephemeral);
        Assert.Equal(3, await _places.To.CountAsync(stream, Some.NoToken));
    }

    [SkippableFact]
    public async Task A_downlink_request_of_a_missing_device_gets_another_origin_with_a_warning()
    {
        await Places.FillAsync(_places.From, "me/lamp/light", new StreamDefinition { Downlink = true });
        await _places.From.CreateDeviceAsync(CdbPath.Parse("me/switch"), new DeviceDefinition { Role = "writer" }, Some.NoToken);
        CdbPath light = CdbPath.Parse("me/lamp/light");
        await Places.WriteAsync(_places.From, "me/switch", light, Some.Point(1, DataValue.From(true)), Some.Point(2, DataValue.From(true)));
        await Places.WriteAsync(_places.From, "me/user", light, Some.Point(3, DataValue.From(true)));
        await _places.ExportAsync("me/lamp");

        Import import = await _places.ImportAsync("me");

        Assert.Equal(["1 true me/user", "2 true me/user", "3 true me/user"], await Places.ReadAsync(_places.To, light.ToDownlink()));
        string note = Assert.Single(import.Notes);
        Assert.Contains("2 datapoints", note, StringComparison.Ordinal);
        Assert.Contains("'me/switch'", note, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_downlink_request_of_a_device_without_access_gets_another_origin()
    {
        CdbPath light = await Places.FillAsync(_places.From, "ada/lamp/light", new StreamDefinition { Downlink = true });
        await Places.WriteAsync(_places.From, "ada/user", light, Some.Point(1, DataValue.From(true)));
        await _places.From.UpdateUserAsync(CdbPath.Parse("me"), new UserDefinition { Public = false }, Some.NoToken);
        await _places.ExportAsync("ada/lamp");

        await _places.ImportAsync("me", _places.From, new ImportOptions { WithKeys = false });

        Assert.Equal(["1 true me/user"], await Places.ReadAsync(_places.From, CdbPath.Parse("me/lamp/light/downlink")));
    }

    [SkippableFact]
    public async Task An_ordinary_user_exports_and_imports_its_own_nodes()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light", new StreamDefinition { Downlink = true }, Some.Numbers(3));
        await Places.WriteAsync(_places.From, "ada/user", CdbPath.Parse("ada/lamp/light"), Some.Point(1, DataValue.From(true)));
        await _places.To.CreateUserAsync(CdbPath.Parse("bob"), new UserDefinition(), Some.NoToken);
        await using ICdbClient ada = _places.OpenFrom("ada/user");
        await using ICdbClient bob = _places.OpenTo("bob/user");

        Assert.Empty((await _places.ExportAsync("ada/lamp", ada)).Keyless);
        await _places.ImportAsync("bob", bob);

        Assert.Equal(3, await bob.CountAsync(CdbPath.Parse("bob/lamp/light"), Some.NoToken));
        Assert.Equal(["1 true bob/user"], await Places.ReadAsync(bob, CdbPath.Parse("bob/lamp/light/downlink")));
    }

    [SkippableFact]
    public async Task Keys_that_the_caller_may_not_see_are_reported()
    {
        await Places.FillAsync(_places.From, "me/lamp/light");
        await _places.From.CreateDeviceAsync(CdbPath.Parse("me/display"), new DeviceDefinition { Role = "reader" }, Some.NoToken);
        await using ICdbClient display = _places.OpenFrom("me/display");
        Assert.Equal(["me/lamp"], (await _places.ExportAsync("me/lamp", display)).Keyless.Select(path => path.ToString()));
    }
}
