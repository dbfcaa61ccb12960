using System.Diagnostics;
using System.Globalization;
using ConnectorDb.Benchmarks.Logging;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>Single points over REST, each on disk when it is answered, beside InfluxDB 1 in the same run; then what subscribers wait.</summary>
internal static class LoadComparison
{
    private const int Most = 8;

    /// <param name="seconds">How long each load lasts; 30 without it.</param>
    public static async Task RunAsync(string? seconds)
    {
        TimeSpan duration = TimeSpan.FromSeconds(double.Parse(seconds ?? "30", CultureInfo.InvariantCulture));
        Console.WriteLine("| server | connections | requests/s | p50 ms | p99 ms | processor µs a request | memory MiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        MeasureBareSqlite(duration);
        using ServerUnderLoad ours = await ServerUnderLoad.ConnectorDbAsync(Most);
        using ServerUnderLoad? influx = await ServerUnderLoad.InfluxDbAsync();
        foreach (ServerUnderLoad server in new[] { ours, influx }.OfType<ServerUnderLoad>())
        {
            await InsertAsync(server, 1, TimeSpan.FromSeconds(3));
        }

        foreach (int connections in (int[])[1, Most])
        {
            foreach (ServerUnderLoad server in new[] { ours, influx }.OfType<ServerUnderLoad>())
            {
                server.Begin();
                Latencies latencies = await InsertAsync(server, connections, duration);
                double micros = server.Cpu.TotalMicroseconds / latencies.Count;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {server.Name} | {connections} | {latencies.Count / duration.TotalSeconds:N0} | {latencies.Quantile(0.5):0.00} | {latencies.Quantile(0.99):0.00} | {micros:0} | {server.MemoryBytes >> 20} |"));
            }
        }

        Console.WriteLine();
        await SubscriberLatency.MeasureAsync(ours, duration);
    }

    /// <summary>What the disk allows: the same rows without a server.</summary>
    private static void MeasureBareSqlite(TimeSpan duration)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("bare-load-");
        Latencies latencies = new();
        using (RowWriter bare = new(Path.Combine(folder.FullName, "bare.db"), "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"))
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                long one = Stopwatch.GetTimestamp();
                bare.Write(1);
                latencies.Add(Stopwatch.GetTimestamp() - one);
            }
        }

        folder.Delete(recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| SQLite alone, WAL, a transaction each | | {latencies.Count / duration.TotalSeconds:N0} | {latencies.Quantile(0.5):0.00} | {latencies.Quantile(0.99):0.00} | | |"));
    }

    private static async Task<Latencies> InsertAsync(ServerUnderLoad server, int connections, TimeSpan duration)
    {
        Latencies all = new();
        Latencies[] each = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(async () =>
        {
            Uri address = server.Insert(i);
            using RawConnection connection = new(address);
            return await connection.RepeatAsync(RawConnection.Request(address, server.Authorization, server.Body(i)), duration);
        })));
        foreach (Latencies one in each)
        {
            all.Add(one);
        }

        return all;
    }
}
