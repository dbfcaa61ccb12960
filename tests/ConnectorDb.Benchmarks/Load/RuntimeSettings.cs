using System.Globalization;
using ConnectorDb.Benchmarks.Compare;
using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>Servers with other settings of the .NET runtime, in turns: bulk writes, reads and single inserts.</summary>
internal static class RuntimeSettings
{
    private const int Points = 500_000;
    private const int PerRequest = 5000;
    private const int Singles = 500;
    private const int Rounds = 9;

    private static readonly (string Name, string Budget, string Profile)[] s_settings =
    [
        ("4 MB, no PGO", "400000", "0"),
        ("16 MB, no PGO", "1000000", "0"),
        ("64 MB, no PGO", "4000000", "0"),
        ("default, no PGO", "0", "0"),
        ("4 MB, PGO", "400000", "1"),
        ("default, PGO", "0", "1"),
    ];

    public static async Task RunAsync()
    {
        List<(string Name, ServerUnderLoad Server)> servers = [];
        foreach ((string name, string budget, string profile) in s_settings)
        {
            Dictionary<string, string> environment = new() { ["DOTNET_GCGen0MaxBudget"] = budget, ["DOTNET_TieredPGO"] = profile };
            servers.Add((name, await ServerUnderLoad.ConnectorDbAsync(Rounds + 1, environment)));
        }

        Block a = SegmentData.Make(SegmentData.Tenths, Points);
        Console.WriteLine($"Medians of {Rounds} rounds in turns, after one to warm up: elapsed time (processor time of the server); load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}");
        Console.WriteLine("| work | " + string.Join(" | ", servers.Select(server => server.Name)) + " |");
        Console.WriteLine("|---" + string.Concat(servers.Select(_ => "|---")) + "|");
        await PrintAsync($"{PerRequest} points a request, µs a point", servers, Points, (server, round) => Writes(server, round, a));
        await PrintAsync("read as JSON, µs a point", servers, Points, (server, _) => () => ReadAsync(server));
        await PrintAsync("single inserts, µs each", servers, Singles, (server, _) => Inserts(server));
        Console.WriteLine("| resident MiB | " + string.Join(" | ", servers.Select(server => server.Server.MemoryBytes >> 20)) + " |");
        servers.ForEach(server => server.Server.Dispose());
    }

    private static async Task PrintAsync(string work, List<(string Name, ServerUnderLoad Server)> servers, int count, Func<ServerUnderLoad, int, Func<Task>> prepare)
    {
        List<(double Elapsed, double Processor)>[] micros = [.. servers.Select(_ => new List<(double, double)>())];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int i = 0; i < servers.Count; i++)
            {
                ServerUnderLoad server = servers[i].Server;
                Func<Task> run = prepare(server, round);
                server.Begin();
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                await run();
                double elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                if (round > 0)
                {
                    micros[i].Add((elapsed / count, server.Cpu.TotalMicroseconds / count));
                }
            }
        }

        Console.WriteLine($"| {work} | " + string.Join(" | ", micros.Select(each => string.Create(CultureInfo.InvariantCulture, $"{Contest.Median(each.Select(one => one.Elapsed)):0.00} ({Contest.Median(each.Select(one => one.Processor)):0.00})"))) + " |");
    }

    private static Func<Task> Writes(ServerUnderLoad server, int round, Block all)
    {
        Uri address = server.Insert(round);
        byte[][] requests = [.. Enumerable.Range(0, Points / PerRequest).Select(i => RawConnection.Request(address, server.Authorization, BulkBody.Json(all.Slice(i * PerRequest, PerRequest))))];
        return () => SendAsync(address, requests);
    }

    private static Func<Task> Inserts(ServerUnderLoad server)
    {
        Uri address = server.Insert(0);
        byte[] request = RawConnection.Request(address, server.Authorization, server.Body(0));
        return () => SendAsync(address, Enumerable.Repeat(request, Singles));
    }

    private static Task SendAsync(Uri address, IEnumerable<byte[]> requests)
    {
        using RawConnection connection = new(address);
        foreach (byte[] request in requests)
        {
            connection.Send(request);
            connection.Receive();
        }

        return Task.CompletedTask;
    }

    private static async Task ReadAsync(ServerUnderLoad server)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.Add("Authorization", server.Authorization);
        await using Stream body = await http.GetStreamAsync(new Uri(server.Insert(1), "?i1=0&i2=0"));
        await body.CopyToAsync(Stream.Null);
    }
}
