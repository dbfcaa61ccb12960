using ConnectorDb.Benchmarks.Load;
using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>A million datapoints of A over REST, 5,000 a request from one connection, each on disk when it is answered; and back in one answer.</summary>
internal static class RestRows
{
    private const int Points = 1_000_000;
    private const int PerRequest = 5000;
    private const int Streams = Contest.Rounds + 1;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        Block a = SegmentData.Make(SegmentData.Tenths, Points);
        using ServerUnderLoad ours = await ServerUnderLoad.ConnectorDbAsync(Streams);
        using ServerUnderLoad? influx = await ServerUnderLoad.InfluxDbAsync();
        using RawConnection ourConnection = new(ours.Insert(0));
        using RawConnection? influxConnection = influx is null ? null : new(influx.Insert(0));
        Contestant us = Writing(ours, ourConnection, a, (_, block) => BulkBody.Json(block));
        yield return await Contest.RunAsync(
            "REST, 5,000 points a request, 1 connection, durable when answered",
            "≥ 1.5 M/s",
            Unit.MillionPerSecond(Points),
            influx is null ? [us] : [us, Writing(influx, influxConnection!, a, BulkBody.Lines) with { Name = "InfluxDB" }]);
        foreach ((string name, string ourType, string influxType) in ((string, string, string)[])[("JSON", "application/json", "application/json"), ("CSV", "text/csv", "application/csv")])
        {
            us = Reading(ours, "?i1=0&i2=0", ourType);
            yield return await Contest.RunAsync(
                $"REST read of A as {name}",
                "",
                Unit.MillionPerSecond(Points),
                influx is null ? [us] : [us, Reading(influx, "/query?db=load&q=SELECT%20v%20FROM%20load%20WHERE%20c='0'", influxType) with { Name = "InfluxDB" }]);
        }
    }

    private static Contestant Reading(ServerUnderLoad server, string address, string type)
    {
        HttpClient http = new();
        http.DefaultRequestHeaders.Add("Accept", type);
        if (server.Authorization is { } authorization)
        {
            http.DefaultRequestHeaders.Add("Authorization", authorization);
        }

        Uri wanted = new(server.Insert(0), address);
        return new Contestant(Contestant.Us, async () =>
        {
            await using Stream body = await http.GetStreamAsync(wanted);
            await body.CopyToAsync(Stream.Null);
        });
    }

    private static Contestant Writing(ServerUnderLoad server, RawConnection connection, Block all, Func<int, Block, string> body)
    {
        int round = -1;
        byte[][] requests = [];
        return new Contestant(
            Contestant.Us,
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
                Uri address = server.Insert(round);
                requests = [.. Enumerable.Range(0, Points / PerRequest).Select(i => RawConnection.Request(address, server.Authorization, body(round, all.Slice(i * PerRequest, PerRequest))))];
                return ValueTask.CompletedTask;
            });
    }
}
