using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ConnectorDb.Benchmarks.Logging;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>Single points over REST, each on disk before the response, beside InfluxDB 1 in the same run; then the latency of subscribers.</summary>
internal static class LoadComparison
{
    private const int Most = 64;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

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

    /// <summary>One thread sends on all connections and waits for all of them at once, so that the client takes as little as possible of the processors.</summary>
    private static Latencies Insert(ServerUnderLoad server, int connections, TimeSpan duration)
    {
        RepeatedRequest[] requests = [.. Enumerable.Range(0, connections).Select(i => new RepeatedRequest(server.Insert(i), server.Authorization, server.Body(i)))];
        Dictionary<Socket, RepeatedRequest> bySocket = requests.ToDictionary(request => request.Socket);
        Latencies latencies = new();
        long start = Stopwatch.GetTimestamp();
        Array.ForEach(requests, request => request.Send());
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            List<Socket> ready = [.. bySocket.Keys];
            Socket.Select(ready, null, null, s_patience);
            foreach (RepeatedRequest request in ready.Select(socket => bySocket[socket]))
            {
                latencies.Add(request.Receive());
                request.Send();
            }
        }

        Array.ForEach(requests, request => request.Dispose());
        return latencies;
    }
}
