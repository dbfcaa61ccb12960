using System.Net;
using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

/// <summary>Runs <see cref="PermissionMatrix"/> against the server, each attempt with its own users.</summary>
public abstract class PermissionSuite(RunningServer server)
{
    private static int s_names;

    private readonly RunningServer _server = server;

    [SkippableTheory]
    [MemberData(nameof(PermissionMatrix.Rows), MemberType = typeof(PermissionMatrix))]
    public async Task Permissions_match_the_matrix(string deed, string row)
    {
        Names? untouched = null;
        foreach ((string actor, string outcome) in PermissionMatrix.Cells(row))
        {
            Names names = untouched ?? await AddUsersAsync();
            using HttpClient http = _server.Http(KeyOf(actor, names));
            Assert.Equal($"{actor} {outcome}", $"{actor} {await OutcomeAsync(http, deed, names)}");
            untouched = PermissionMatrix.IsRefusal(outcome) ? names : null;
        }
    }

    private static string NewName(string start) => $"{start}{Interlocked.Increment(ref s_names)}";

    private string? KeyOf(string actor, Names names) => actor.Split('/') switch
    {
        ["ann", var device] => _server.KeyOf($"{names.Ann}/{device}"),
        ["bob", var device] => _server.KeyOf($"{names.Bob}/{device}"),
        ["me", _] => _server.OwnerKey,
        _ => null,
    };

    private async Task<Names> AddUsersAsync()
    {
        Names names = new(NewName("ann"), NewName("bob"), NewName("pub"));
        await using ICdbClient owner = _server.As("me/user");
        await owner.CreateUserAsync(CdbPath.ForUser(names.Bob), new UserDefinition { Public = false }, CancellationToken.None);
        await owner.CreateUserAsync(
            CdbPath.ForUser(names.Pub),
            new UserDefinition
            {
                Email = $"{names.Pub}@example.org",
                Devices = new Dictionary<string, DeviceDefinition> { ["open"] = new() { Public = true, Streams = Streams("x") } },
            },
            CancellationToken.None);
        await owner.CreateUserAsync(
            CdbPath.ForUser(names.Ann),
            new UserDefinition
            {
                Email = $"{names.Ann}@example.org",
                Public = false,
                Devices = new Dictionary<string, DeviceDefinition>
                {
                    ["none"] = new(),
                    ["reader"] = new() { Role = "reader" },
                    ["writer"] = new() { Role = "writer" },
                    ["helper"] = new() { Role = "user" },
                    ["target"] = new() { Streams = Streams("x", "light") },
                },
            },
            CancellationToken.None);
        return names;
    }

    private static Dictionary<string, StreamDefinition> Streams(params string[] names)
        => names.ToDictionary(name => name, name => new StreamDefinition { Downlink = name == "light" });

    private static async Task<string> OutcomeAsync(HttpClient http, string deed, Names names)
    {
        (HttpMethod method, string path, string? body) = RequestOf(deed, names);
        using HttpRequestMessage request = new(method, path) { Content = body is null ? null : Answered.Json(body) };
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return response.StatusCode switch
        {
            HttpStatusCode.Forbidden => "denied",
            HttpStatusCode.NotFound => "missing",

            // The body of an anonymous request is not read, so its target is not even looked up.
            HttpStatusCode.Unauthorized when body is not null && http.DefaultRequestHeaders.Authorization is null => deed == "create user" ? "denied" : "missing",
            HttpStatusCode.OK when deed.StartsWith("write ", StringComparison.Ordinal)
                => response.Headers.GetValues("X-ConnectorDb-Target").Single().EndsWith("/downlink", StringComparison.Ordinal) ? "downlink" : "stream",
            HttpStatusCode.OK when deed.StartsWith("read ", StringComparison.Ordinal) && Has(text, "email") => "email",
            HttpStatusCode.OK when deed.StartsWith("read ", StringComparison.Ordinal) && Has(text, "apikey") => "key",
            HttpStatusCode.OK => "ok",
            var status => $"{(int)status} {text}",
        };
    }

    private static bool Has(string json, string field)
        => JsonDocument.Parse(json).RootElement is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(field, out _);

    private static (HttpMethod Method, string Path, string? Body) RequestOf(string deed, Names names)
    {
        string user = $"crud/{names.Ann}";
        string device = $"{user}/target";
        const string Point = """[{"t": 1, "d": 1}]""";
        return deed switch
        {
            "read private user" => (HttpMethod.Get, user, null),
            "read other public user" => (HttpMethod.Get, $"crud/{names.Pub}", null),
            "list users" => (HttpMethod.Get, "crud/?q=ls", null),
            "list devices" => (HttpMethod.Get, $"{user}?q=ls", null),
            "list streams" => (HttpMethod.Get, $"{device}?q=ls", null),
            "read device" => (HttpMethod.Get, device, null),
            "read public device" => (HttpMethod.Get, $"crud/{names.Pub}/open", null),
            "read data" => (HttpMethod.Get, $"{device}/x/data?i1=0", null),
            "read public data" => (HttpMethod.Get, $"crud/{names.Pub}/open/x/data?i1=0", null),
            "write stream" => (HttpMethod.Post, $"{device}/x/data", Point),
            "write downlink stream" => (HttpMethod.Post, $"{device}/light/data", Point),
            "write the downlink" => (HttpMethod.Post, $"{device}/light/data?downlink=true", Point),
            "write public data" => (HttpMethod.Post, $"crud/{names.Pub}/open/x/data", Point),
            "update device nickname" => (HttpMethod.Put, device, """{"nickname": "n"}"""),
            "update device role" => (HttpMethod.Put, device, """{"role": "reader"}"""),
            "update device key" => (HttpMethod.Put, device, """{"apikey": ""}"""),
            "update user nickname" => (HttpMethod.Put, user, """{"nickname": "n"}"""),
            "update user role" => (HttpMethod.Put, user, """{"role": "admin"}"""),
            "update user password" => (HttpMethod.Put, user, """{"password": "a new password"}"""),
            "update stream" => (HttpMethod.Put, $"{device}/x", """{"nickname": "n"}"""),
            "create device" => (HttpMethod.Post, $"{user}/new", "{}"),
            "create device with role" => (HttpMethod.Post, $"{user}/new", """{"role": "user"}"""),
            "create device uneditable" => (HttpMethod.Post, $"{user}/new", """{"user_editable": false}"""),
            "delete device" => (HttpMethod.Delete, device, null),
            "create stream" => (HttpMethod.Post, $"{device}/new", "{}"),
            "delete stream" => (HttpMethod.Delete, $"{device}/x", null),
            "create user" => (HttpMethod.Post, $"crud/{names.Ann}new", $$"""{"email": "{{names.Ann}}new@x", "password": "a new password"}"""),
            "delete user" => (HttpMethod.Delete, user, null),
            "count" => (HttpMethod.Get, "?q=countusers", null),
            _ => throw new ArgumentException(deed),
        };
    }

    private sealed record Names(string Ann, string Bob, string Pub);
}
