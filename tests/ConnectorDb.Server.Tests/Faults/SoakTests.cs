using System.Diagnostics;
using System.Globalization;
using ConnectorDb.Server.Tests.Support;
using Xunit.Abstractions;

namespace ConnectorDb.Server.Tests.Faults;

/// <summary>
/// Two servers over a database with a synchronous standby. One server is killed in each round; in one round the database crashes too, and the standby is promoted.
/// <c>CONNECTORDB_SOAK</c> is the number of rounds, which take a minute each; without it there are two short ones.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int ShortRounds = 2;
    private const int PointsOfRound = 100;
    private static readonly TimeSpan s_round = TimeSpan.FromMinutes(1);
    private readonly TempFolder _folder = new();
    private readonly PostgresServer _primary = new();
    private PostgresServer? _standby;

    private static int? Minutes => int.TryParse(Environment.GetEnvironmentVariable("CONNECTORDB_SOAK"), CultureInfo.InvariantCulture, out int minutes) ? minutes : null;

    public async Task InitializeAsync()
    {
        await _primary.InitializeAsync();
        if (_primary.IsRunning)
        {
            _standby = await _primary.AddStandbyAsync();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _standby?.Dispose();
        _primary.Dispose();
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Killed_servers_and_a_promotion_lose_and_double_nothing()
    {
        _primary.SkipWhenMissing();
        ServerProcess[] servers = [await StartAsync(), await StartAsync()];
        using ServerLoad load = await ServerLoad.StartAsync(servers);
        int rounds = Minutes ?? ShortRounds;
        Stopwatch clock = Stopwatch.StartNew();
        for (int i = 0; i < rounds; i++)
        {
            if (Minutes is not null && ((i + 1) * s_round) - clock.Elapsed is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest);
            }

            await load.WaitAsync(PointsOfRound);
            if (i == rounds / 2)
            {
                await _primary.CrashAsync();
                _standby!.Execute("tests", "SELECT pg_promote()");
            }

            using ServerProcess killed = servers[i % servers.Length];
            killed.Kill();
            servers[i % servers.Length] = await StartAsync();
        }

        output.WriteLine($"{rounds} kills, one promotion, {clock.Elapsed.TotalMinutes:F0} minutes: {await load.CheckAsync()}.");
        Array.ForEach(servers, server => server.Dispose());
    }

    private Task<ServerProcess> StartAsync()
        => ServerProcess.StartAsync(_folder, "--login-delay", "0", "--store", $"Host=127.0.0.1:{_primary.Port},127.0.0.1:{_standby!.Port};Username=tester;Database=tests");
}
