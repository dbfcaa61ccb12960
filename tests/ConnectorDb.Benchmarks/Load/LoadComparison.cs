using System.Diagnostics;
using System.Globalization;
using ConnectorDb.Benchmarks.Logging;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>Single points over REST, each on disk before the response, beside InfluxDB 1 in the same run; then the latency of subscribers.</summary>
internal static class LoadComparison
{
    private const int Most = 64;

    /// <param name="options">How many seconds each load lasts, 30 without it; then <c>inserts</c> or <c>subscribers</c> for only that part.</param>
    public static async Task RunAsync(string[] options)
    {
        TimeSpan duration = TimeSpan.FromSeconds(double.Parse(options.ElementAtOrDefault(0) ?? "30", CultureInfo.InvariantCulture));
        string? part = options.ElementAtOrDefault(1);
        using ServerUnderLoad ours = await ServerUnderLoad.ConnectorDbAsync(Most);
        Insert(ours, 1, TimeSpan.FromSeconds(3));
        if (part is null or "inserts")
        {
            await CompareInsertsAsync(ours, duration);
        }

        if (part is null or "subscribers")
        {
            SubscriberLatency.Measure(ours, duration);
        }
    }

    private static async Task CompareInsertsAsync(ServerUnderLoad ours, TimeSpan duration)
    {
        Console.WriteLine("| server | connections | requests/s | p50 ms | p99 ms | processor µs a request | memory MiB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        MeasureBareSqlite(duration);
        using ServerUnderLoad? influx = await ServerUnderLoad.InfluxDbAsync();
        if (influx is not null)
        {
            Insert(influx, 1, TimeSpan.FromSeconds(3));
        }

        foreach (int connections in (int[])[1, 8, Most])
        {
            foreach (ServerUnderLoad server in new[] { ours, influx }.OfType<ServerUnderLoad>())
            {
                server.Begin();
                Latencies latencies = Insert(server, connections, duration);
                double micros = server.Cpu.TotalMicroseconds / latencies.Count;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {server.Name} | {connections} | {latencies.Count / duration.TotalSeconds:N0} | {latencies.Quantile(0.5):0.00} | {latencies.Quantile(0.99):0.00} | {micros:0} | {server.MemoryBytes >> 20} |"));
            }
        }

        Console.WriteLine();
    }

    /// <summary>The limit of the disk: the same rows without a server.</summary>
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

    private static Latencies Insert(ServerUnderLoad server, int connections, TimeSpan duration)
    {
        Latencies[] each = new Latencies[connections];
        Thread[] threads = [.. Enumerable.Range(0, connections).Select(i => new Thread(() =>
        {
            Uri address = server.Insert(i);
            using RawConnection connection = new(address);
            each[i] = connection.Repeat(RawConnection.Request(address, server.Authorization, server.Body(i)), duration);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Latencies all = new();
        Array.ForEach(each, all.Add);
        return all;
    }
}
