using ConnectorDb.Contracts;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>One server for all tests of a class; each test uses its own names.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private int _names;

    public RunningServer Server { get; private set; } = null!;

    /// <summary>An unused name.</summary>
    public string NewName(string prefix = "n") => $"{prefix}{Interlocked.Increment(ref _names)}";

    /// <summary>Creates a private user and returns the API key of its <c>user</c> device.</summary>
    /// <param name="password">Null for none, which saves the slow hash.</param>
    public async Task<string> AddUserAsync(string name, string? password = null)
    {
        UserDefinition definition = new() { Email = $"{name}@localhost", Password = password, Public = false };
        await using ICdbClient owner = Server.As("me/user");
        await owner.CreateUserAsync(CdbPath.ForUser(name), definition, CancellationToken.None);
        return Server.KeyOf($"{name}/user");
    }

    /// <summary>Creates a stream of <c>me/user</c> without schema and returns its address.</summary>
    public async Task<string> AddStreamAsync(string body = "{}")
    {
        using HttpClient http = Server.Http();
        string path = $"crud/me/user/{NewName("s")}";
        await http.DoAsync(HttpMethod.Post, path, body);
        return path;
    }

    public async Task InitializeAsync() => Server = await RunningServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
