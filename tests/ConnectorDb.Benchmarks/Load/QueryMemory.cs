using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace ConnectorDb.Benchmarks.Load;

/// <summary>The memory of a server while 200 connections ask for charts and 200 for merges at the same time: before, at most, and after.</summary>
internal static class QueryMemory
{
    private const int Connections = 200;

    /// <summary>Few enough that all queries, which take turns, can end in the time.</summary>
    private const int Points = 30_000;
    private const int PointsOfRequest = 10_000;

    /// <summary>The bound of all queries of a user in MiB, the default of <c>--user-memory</c>. Bodies of responses that wait for their reader count in it.</summary>
    private const int UserMemory = 512;

    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);
    private static readonly Uri s_chart = new("query/chart", UriKind.Relative);
    private static readonly Uri s_merge = new("query/merge", UriKind.Relative);

    /// <param name="seconds">How long the queries are repeated; 30 without it.</param>
    public static async Task RunAsync(string? seconds)
    {
        TimeSpan duration = TimeSpan.FromSeconds(double.Parse(seconds ?? "30", CultureInfo.InvariantCulture));
        using ServerUnderLoad server = await ServerUnderLoad.ConnectorDbAsync(4);
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = 2 * Connections };
        using HttpClient http = new(handler) { BaseAddress = new Uri(server.Root + "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.ApiKey);
        for (int stream = 0; stream < 4; stream++)
        {
            await FillAsync(http, server.Insert(stream));
        }

        long before = server.MemoryBytes;
        long peak = before;
        ConcurrentDictionary<string, int> statuses = new();
        using CancellationTokenSource end = new(duration);
        Task[] queries =
        [
            .. Enumerable.Range(0, Connections).Select(i => RepeatAsync(http, s_chart, Chart(i), "chart", statuses, end.Token)),
            .. Enumerable.Range(0, Connections).Select(i => RepeatAsync(http, s_merge, Merge(i), "merge", statuses, end.Token)),
        ];
        while (!Array.TrueForAll(queries, query => query.IsCompleted))
        {
            await Task.Delay(50);
            peak = Math.Max(peak, server.MemoryBytes);
        }

        await Task.WhenAll(queries);
        long atEnd = server.MemoryBytes;
        await Task.Delay(s_rest);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Connections} connections with charts and {Connections} with merges of four streams of {Points} datapoints for {duration.TotalSeconds:0} s; load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
        Console.WriteLine(string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}")));
        Console.WriteLine("| before MiB | peak | at the end | 30 s later | bound: before and --user-memory |");
        Console.WriteLine("|---|---|---|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {before >> 20} | {peak >> 20} | {atEnd >> 20} | {server.MemoryBytes >> 20} | {(before >> 20) + UserMemory} |"));
    }

    private static async Task FillAsync(HttpClient http, Uri insert)
    {
        for (int from = 0; from < Points; from += PointsOfRequest)
        {
            string points = string.Join(',', Enumerable.Range(from, PointsOfRequest).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"t":{{1_700_000_000 + i}},"d":{{i % 977 / 7.0:0.##}}}""")));
            using StringContent content = new($"[{points}]", Encoding.UTF8, "application/json");
            (await http.PostAsync(insert, content)).EnsureSuccessStatusCode();
        }
    }

    private static async Task RepeatAsync(HttpClient http, Uri address, string body, string name, ConcurrentDictionary<string, int> statuses, CancellationToken end)
    {
        try
        {
            while (!end.IsCancellationRequested)
            {
                using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
                await answer.Content.CopyToAsync(Stream.Null, end);
                statuses.AddOrUpdate($"{name} {(int)answer.StatusCode}", 1, (_, count) => count + 1);
                if (answer.Headers.RetryAfter?.Delta is { } wait)
                {
                    await Task.Delay(wait, end);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement has ended.
        }
    }

    /// <summary>Each connection asks for other columns, so that nothing is answered from a cache.</summary>
    private static string Chart(int i) => $"[{string.Join(',', Enumerable.Range(0, 4).Select(stream => $$"""{"stream":"me/user/load{{stream}}","columns":{{500 + i}},"transform":"$ * {{i + 1}}"}"""))}]";

    private static string Merge(int i) => $"[{string.Join(',', Enumerable.Range(0, 4).Select(stream => $$"""{"stream":"me/user/load{{stream}}","transform":"{{(i % 4 == 0 ? """{\"a\":$,\"b\":$} | {\"a\":$,\"b\":$}""" : $"$ + {i}")}}"}"""))}]";
}
