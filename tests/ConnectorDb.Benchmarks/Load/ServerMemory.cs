using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectorDb.Benchmarks.Polling;
using ConnectorDb.Polling;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>The memory of a server that polls 20 items, each once a second: when it serves, after some minutes, and after queries.</summary>
internal static class ServerMemory
{
    private const int Items = 20;
    private const int Queries = 100;
    private static readonly JsonSerializerOptions s_withoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="seconds">How long it polls; 300 without it.</param>
    public static async Task RunAsync(string? seconds)
    {
        TimeSpan duration = TimeSpan.FromSeconds(double.Parse(seconds ?? "300", CultureInfo.InvariantCulture));
        using PortThatAccepts port = new();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("server-memory-");
        string configuration = Path.Combine(folder.FullName, "poll.json");
        await File.WriteAllTextAsync(configuration, Configuration(Path.Combine(folder.FullName, "polled.cdb"), port.Number));
        using (ServerUnderLoad server = await ServerUnderLoad.ConnectorDbAsync(1, "--poll", configuration))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Items} items at 1 s for {duration.TotalSeconds:0} s; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
            Console.WriteLine("| | resident MiB | of it private MiB | files MiB |");
            Console.WriteLine("|---|---|---|---|");
            Print("serving", server);
            await Task.Delay(duration);
            Print("after polling", server);
            await QueryAsync(server);
            Print($"after {Queries} queries", server);
        }

        folder.Delete(recursive: true);
    }

    private static string Configuration(string store, int port) => JsonSerializer.Serialize(new
    {
        destination = new { logger = store + ".outbox", syncPeriod = 10, sinks = new[] { new { connectorDb = store } } },
        items = MachineItems.Of(Items, port).Select(item => new { name = item.Name, key = MachineItems.SamplerOf(item), arg = item.Argument, interval = item.Interval.TotalSeconds }),
    }, s_withoutNulls);

    private static async Task QueryAsync(ServerUnderLoad server)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.Add("Authorization", server.Authorization);
        for (int i = 0; i < Queries; i++)
        {
            using StringContent point = new(server.Body(i));
            (await http.PostAsync(server.Insert(0), point)).EnsureSuccessStatusCode();
            await http.GetStringAsync(new Uri(server.Insert(0), "?i1=0&i2=0"));
        }
    }

    private static void Print(string when, ServerUnderLoad server)
    {
        Dictionary<string, long> kibibytes = File.ReadLines($"/proc/{server.ProcessId}/status")
            .Select(line => line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, "kB"])
            .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {when} | {kibibytes["VmRSS"] >> 10} | {(kibibytes["RssAnon"] + kibibytes["RssShmem"]) >> 10} | {kibibytes["RssFile"] >> 10} |"));
    }
}
