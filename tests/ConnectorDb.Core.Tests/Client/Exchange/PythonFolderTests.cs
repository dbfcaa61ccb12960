using System.Text.Json;
using ConnectorDb.Core.Client.Exchange;

namespace ConnectorDb.Core.Tests.Client.Exchange;

/// <summary>Folders byte for byte as the original Python client and the original server write them.</summary>
public sealed class PythonFolderTests : IDisposable
{
    private readonly Places _places = new();

    public void Dispose() => _places.Dispose();

    [Fact]
    public async Task Exports_of_the_Python_client_are_imported()
    {
        Write("connectordb.json", """{"Version": 1, "ConnectorDB": "0.3.0"}""");
        Write("ada/user.json", """{"name": "ada", "nickname": "", "email": "ada@example.org", "description": "", "icon": "material:person", "role": "user", "public": true}""");
        Write("ada/meta/device.json", """{"name": "meta", "nickname": "", "description": "The meta device", "icon": "material:bug_report", "apikey": "", "enabled": true, "public": false, "role": "", "visible": false, "user_editable": false}""");
        Write("ada/meta/log/stream.json", """{"name": "log", "nickname": "", "description": "", "icon": "", "schema": "{}", "datatype": "", "ephemeral": false, "downlink": false}""");
        Write("ada/meta/log/data.json", """[{"t": 1480000000.5, "d": {"cmd": "CreateStream"}, "o": "ConnectorDB"}]""");
        Write("ada/user/device.json", """{"name": "user", "nickname": "Me", "description": "Mine", "icon": "material:person", "apikey": "b2ab1b2c-6a62-4b5c-6d61-8d2cb4d3f4a1", "enabled": true, "public": false, "role": "user", "visible": true, "user_editable": true}""");
        Write("ada/user/mood/stream.json", """{"name": "mood", "nickname": "", "description": "", "icon": "", "schema": "{\"type\":\"integer\"}", "datatype": "rating.stars", "ephemeral": false, "downlink": false}""");
        Write("ada/user/mood/data.json", """[{"d": 5}, {"t": 1480000000.123456, "d": 4}, {"t": 1480000000.123456}, {"t": 1.5e+11, "d": "\u00fcn\u00ef \ud83d\ude00"}]""");
        Write("ada/lamp/device.json", """{"name": "lamp", "nickname": "", "description": "", "icon": "", "apikey": "5f5e5d5c-0000-4b5c-6d61-8d2cb4d3f4a1", "enabled": true, "public": true, "role": "none", "visible": true, "user_editable": true}""");
        Write("ada/lamp/light/stream.json", """{"name": "light", "nickname": "", "description": "", "icon": "", "schema": "{\"type\":\"boolean\"}", "datatype": "light.toggle", "ephemeral": false, "downlink": true}""");
        Write("ada/lamp/light/data.json", "[]");
        Write("ada/lamp/light/downlink.json", """[{"t": 1480000001, "d": true, "o": "ada/user"}, {"t": 1480000002, "d": false, "o": "test/user"}]""");

        Import import = await _places.ImportAsync(options: new ImportOptions { Password = "not the directory name" });

        Assert.Equal(["0 5", "1480000000.123456 4", "1480000000.123456 null", "150000000000 \"ünï \\uD83D\\uDE00\""], await Places.ReadAsync(_places.To, CdbPath.Parse("ada/user/mood")));
        Assert.Equal(["1480000001 true ada/user", "1480000002 false me/user"], await Places.ReadAsync(_places.To, CdbPath.Parse("ada/lamp/light/downlink")));
        CdbDevice user = await _places.To.GetDeviceAsync(CdbPath.Parse("ada/user"), Some.NoToken);
        Assert.Equal(("Me", "b2ab1b2c-6a62-4b5c-6d61-8d2cb4d3f4a1"), (user.Nickname, user.ApiKey));
        Assert.True((await _places.To.GetDeviceAsync(CdbPath.Parse("ada/lamp"), Some.NoToken)).Public);
        Assert.False(await _places.To.ExistsAsync(CdbPath.Parse("ada/meta/log"), Some.NoToken));
        Assert.Contains("'test/user'", Assert.Single(import.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_of_the_original_server_are_imported_without_their_password_hashes()
    {
        Write("connectordb.json", """{"Version": 2, "ConnectorDB": "0.3.0"}""");
        Write("ada/user.json", """{"name":"ada","email":"ada@example.org","role":"user","public":true,"password":"$2a$10$abcdefg","password_salt":"salt","password_scheme":"bcrypt"}""");

        Import import = await _places.ImportAsync();

        Assert.Contains("no password", Assert.Single(import.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_have_the_fields_that_the_Python_client_needs()
    {
        await Places.FillAsync(_places.From, "ada/lamp/light", new StreamDefinition { Downlink = true }, Some.Point(0, default), Some.Point(1.25, DataValue.From("ü")));
        await Places.WriteAsync(_places.From, "ada/user", CdbPath.Parse("ada/lamp/light"), Some.Point(3, DataValue.From(5)));
        await _places.ExportAsync("ada");

        Assert.Equal(1, Read("connectordb.json").GetProperty("Version").GetInt32());
        Assert.Equal(["description", "email", "icon", "name", "nickname", "public", "role"], Fields("ada/user.json"));
        Assert.Equal(["apikey", "description", "enabled", "icon", "name", "nickname", "public", "role", "user_editable", "visible"], Fields("ada/lamp/device.json"));
        Assert.Equal(["datatype", "description", "downlink", "ephemeral", "icon", "name", "nickname", "schema"], Fields("ada/lamp/light/stream.json"));
        Assert.Equal(JsonValueKind.String, Read("ada/lamp/light/stream.json").GetProperty("schema").ValueKind);
        Assert.Equal("""[{"t":0,"d":null},{"t":1.25,"d":"\u00FC"}]""", Text("ada/lamp/light/data.json"));
        Assert.Equal("""[{"t":3,"d":5,"o":"ada/user"}]""", Text("ada/lamp/light/downlink.json"));
        Assert.True(File.Exists(Path.Combine(_places.Folder, "ada/meta/device.json")));
        Assert.False(File.Exists(Path.Combine(_places.Folder, "ada/meta/downlink.json")));
    }

    private void Write(string file, string content)
    {
        string path = Path.Combine(_places.Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private string Text(string file) => File.ReadAllText(Path.Combine(_places.Folder, file));

    private JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(Text(file));
        return document.RootElement.Clone();
    }

    private IEnumerable<string> Fields(string file) => Read(file).EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);
}
