using System.Globalization;
using System.Text;
using ConnectorDb.Benchmarks.Load;
using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>The same requests in line protocol and InfluxQL to our server and to InfluxDB: a million points in 5,000 lines a request, on disk when answered; hourly means of them; and a point that is late by all of them.</summary>
internal static class InfluxRows
{
    private const int Points = 1_000_000;
    private const int LinesPerRequest = 5000;
    private const int ManySeries = 10_000;
    private const int Queries = 10;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        Block a = SegmentData.Make(SegmentData.Tenths, Points);
        using ServerUnderLoad ours = await ServerUnderLoad.ConnectorDbAsync(1);
        using ServerUnderLoad? influx = await ServerUnderLoad.InfluxDbAsync();
        (string Name, ServerUnderLoad Server)[] servers = influx is null ? [(Contestant.Us, ours)] : [(Contestant.Us, ours), ("InfluxDB", influx)];
        yield return await RunAsync("line protocol, 5,000 lines a request, one series", "≥ 1 M/s, ≥ 2 of InfluxDB", Unit.MillionPerSecond(Points), servers, (name, server) => Writing(name, server, round => Requests(a, 1, round)));
        yield return await RunAsync("the same over 10,000 series", "≥ 1 M/s, ≥ 2 of InfluxDB", Unit.MillionPerSecond(Points), servers, (name, server) => Writing(name, server, round => Requests(a, ManySeries, round)));
        yield return await RunAsync(
            "InfluxQL: mean of 1 M points by hour", "≥ 10 of InfluxDB", new Unit("{0:0.##} ms", false, seconds => 1000 * seconds / Queries), servers,
            (name, server) => Asking(name, server, Uri.EscapeDataString($"SELECT mean(v) FROM load0 WHERE time >= {First(a)}s AND time < {First(a) + Points}s GROUP BY time(1h)")));
        long late = First(a);
        yield return await RunAsync("a point that is 1 M points late", "", Unit.Milliseconds, servers, (name, server) => Writing(name, server, _ => [$"load0,c=0 v=1 {--late}000000000\n"]));
    }

    private static long First(Block block) => (long)block.Times.Span[0];

    private static Task<Row> RunAsync(string work, string goal, Unit unit, (string Name, ServerUnderLoad Server)[] servers, Func<string, ServerUnderLoad, Contestant> contestant)
        => Contest.RunAsync(work, goal, unit, [.. servers.Select(server => contestant(server.Name, server.Server))]);

    private static Contestant Writing(string name, ServerUnderLoad server, Func<int, IEnumerable<string>> bodies)
    {
        Uri address = new($"{server.Root}/write?db=load");
        RawConnection connection = new(address);
        int round = -1;
        byte[][] requests = [];
        return new Contestant(
            name,
            () =>
            {
                foreach (byte[] request in requests)
                {
                    connection.Send(request);
                    connection.Receive();
                }

                return ValueTask.CompletedTask;
            },
            () =>
            {
                round++;
                requests = [.. bodies(round).Select(body => RawConnection.Request(address, server.Authorization, body))];
                return ValueTask.CompletedTask;
            });
    }

    /// <summary>The points in turns of the series, each round in a measurement of its own.</summary>
    private static IEnumerable<string> Requests(Block all, int series, int round)
    {
        for (int start = 0; start < all.Count; start += LinesPerRequest)
        {
            StringBuilder lines = new();
            for (int i = start; i < start + LinesPerRequest; i++)
            {
                lines.Append(CultureInfo.InvariantCulture, $"load{(series == 1 ? "" : "of")}{round},c={i % series} v={all.Values[i].AsDouble():R} {(long)all.Times.Span[i]}000000000\n");
            }

            yield return lines.ToString();
        }
    }

    private static Contestant Asking(string name, ServerUnderLoad server, string query)
    {
        HttpClient http = new();
        if (server.Authorization is { } authorization)
        {
            http.DefaultRequestHeaders.Add("Authorization", authorization);
        }

        Uri address = new($"{server.Root}/query?db=load&epoch=ms&q={query}");
        return new Contestant(name, async () =>
        {
            for (int i = 0; i < Queries; i++)
            {
                string answer = await http.GetStringAsync(address);
                if (!answer.Contains("mean", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(answer);
                }
            }
        });
    }
}
