using System.Text;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Tests.Protocol;

public sealed class TreeJsonTests
{
    private static readonly CdbPath s_user = CdbPath.Parse("u");

    [Fact]
    public void Users_devices_and_streams_are_parsed()
    {
        CdbUser user = new(s_user, new UserDefinition { Nickname = "n", Email = "a@b", Role = "user", Public = true, Description = "é", Icon = "fa:x" });
        Assert.Equivalent(user, UserJson.Read(Wire.Fields(writer => UserJson.Write(writer, user))), strict: true);

        CdbDevice device = new(s_user.Child("d"), new DeviceDefinition { ApiKey = "k", Role = "", Enabled = true, Visible = true, UserEditable = false });
        Assert.Equivalent(device, DeviceJson.Read(Wire.Fields(writer => DeviceJson.Write(writer, device)), s_user), strict: true);

        CdbStream stream = new(null!, s_user.Child("d").Child("s"), new StreamDefinition { Schema = """{"type":"number"}""", Datatype = "t", Downlink = true });
        CdbStream again = StreamJson.Read(Wire.Fields(writer => StreamJson.Write(writer, stream, withDevice: true)), device.GetPath(), null!);
        Assert.Equal((stream.Path, stream.Schema, stream.Datatype, stream.Downlink, stream.Ephemeral), (again.Path, again.Schema, again.Datatype, again.Downlink, again.Ephemeral));
    }

    [Fact]
    public void Invisible_fields_are_omitted()
    {
        JsonFields fields = Wire.Fields(writer => DeviceJson.Write(writer, new CdbDevice(s_user.Child("d"), new DeviceDefinition())));
        Assert.Null(fields.Value("apikey"));
        Assert.Null(fields.Value("user_editable"));
        Assert.Null(DeviceJson.Read(fields, s_user).Role);
    }

    [Fact]
    public void A_tree_is_read_back()
    {
        UserDefinition definition = new()
        {
            Email = "a@b",
            Password = "p",
            Streams = new Dictionary<string, StreamDefinition> { ["s"] = new() { Schema = "{}" } },
            Devices = new Dictionary<string, DeviceDefinition>
            {
                ["d"] = new() { ApiKey = "", Enabled = false, Streams = new Dictionary<string, StreamDefinition> { ["x"] = new() { Ephemeral = true } } },
            },
        };
        Assert.Equivalent(definition, UserDefinitionJson.ReadNew(Wire.Fields(writer => UserDefinitionJson.Write(writer, definition))), strict: true);
    }

    [Fact]
    public void A_definition_ignores_unknown_fields_and_a_change_rejects_them()
    {
        JsonFields fields = Fields("""{"Nickname":"n","name":"d","colour":"red"}""");
        Assert.Equal("n", DeviceDefinitionJson.ReadNew(fields).Nickname);
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => DeviceDefinitionJson.ReadChanges(Fields("""{"name":"d","colour":"red"}"""), s_user.Child("d")));
        Assert.Contains("'colour'", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidValueException>(() => DeviceDefinitionJson.ReadChanges(Fields("""{"name":"other"}"""), s_user.Child("d")));
        Assert.Equal("", DeviceDefinitionJson.ReadChanges(Fields("""{"name":"d","apikey":""}"""), s_user.Child("d")).ApiKey);
    }

    [Theory]
    [InlineData("""{"nickname":5}""", "a string")]
    [InlineData("""{"public":"yes"}""", "a boolean")]
    [InlineData("""{"devices":[]}""", "an object")]
    [InlineData("""{"devices":{"d":null}}""", "object")]
    [InlineData("""{"streams":{"s":5}}""", "object")]
    public void A_value_of_the_wrong_type_is_an_error(string json, string wanted)
        => Assert.Contains(wanted, Assert.Throws<InvalidValueException>(() => UserDefinitionJson.ReadNew(Fields(json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    public void Only_a_JSON_object_is_accepted(string json) => Assert.Throws<InvalidValueException>(() => Fields(json));

    private static JsonFields Fields(string json) => JsonFields.Parse(Encoding.UTF8.GetBytes(json));
}
