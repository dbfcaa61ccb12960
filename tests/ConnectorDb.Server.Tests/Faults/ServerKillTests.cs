using System.Globalization;
using ConnectorDb.Server.Tests.Support;
using Xunit.Abstractions;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>Two servers over one database write the same streams, and one of them is killed again and again. <c>CONNECTORDB_KILLS</c> is the number of kills.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ServerKillTests(PostgresServer postgres, ITestOutputHelper output) : IDisposable
{
    private const int PointsBetweenKills = 50;
    private readonly TempFolder _folder = new();

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CONNECTORDB_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 2;

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task What_was_acknowledged_is_there_once_and_in_order()
    {
        postgres.SkipWhenMissing();
        string store = postgres.EmptyDatabase();
        ServerProcess[] servers = [await StartAsync(store), await StartAsync(store)];
        using ServerLoad load = await ServerLoad.StartAsync(servers);
        for (int i = 0; i < Kills; i++)
        {
            await load.WaitAsync(PointsBetweenKills);
            using ServerProcess killed = servers[i % servers.Length];
            killed.Kill();
            servers[i % servers.Length] = await StartAsync(store);
        }

        output.WriteLine($"{Kills} kills: {await load.CheckAsync()}.");
        Array.ForEach(servers, server => server.Dispose());
    }

    private Task<ServerProcess> StartAsync(string store) => ServerProcess.StartAsync(_folder, "--login-delay", "0", "--store", store);
}
