using System.Globalization;
using System.Text.Json.Nodes;
using ConnectorDb.Server.Tests.Support;
using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core.Exceptions;
using InfluxDB.Client.Writes;
using File = System.IO.File;

namespace ConnectorDb.Server.Tests.Influx.Clients;

/// <summary>The common clients of InfluxDB, as they are, write a thousand points of four rooms and read them.</summary>
public sealed class ClientTests(NodePackages node) : IClassFixture<NodePackages>, IAsyncLifetime
{
    private const string Text = "a \"b\" \\ c";
    private const long Start = 1_596_240_000;

    private RunningServer _server = null!;

    private string Port => _server.Address.Port.ToString(CultureInfo.InvariantCulture);

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [SkippableFact]
    public async Task The_shell_imports_inserts_and_queries()
    {
        ClientProgram.Require("influx", "influxdb-client");
        using TempFolder folder = new();
        await File.WriteAllLinesAsync(folder["import"],
        [
            "# DDL", "CREATE DATABASE shell", "# DML", "# CONTEXT-DATABASE: shell", "# CONTEXT-RETENTION-POLICY: autogen",
            .. Enumerable.Range(0, 1000).Select(i => $"air,room=r{i % 4} value={i}.5 {Start + i}"),
        ]);

        (int exitCode, string imported) = await ShellAsync("-import", "-path", folder["import"], "-precision", "s");

        Assert.Equal(0, exitCode);
        Assert.Contains("Processed 1000 inserts", imported, StringComparison.Ordinal);
        Assert.Contains("Failed 0 inserts", imported, StringComparison.Ordinal);
        Assert.Equal((0, ""), await ShellAsync("-database", "shell", "-execute", "INSERT air,room=r0 value=7 1596250000000000000"));
        Assert.Equal((0, string.Concat(Enumerable.Range(0, 4).Select(i => $"name,tags,time,count\nair,room=r{i},0,{(i == 0 ? 251 : 250)}\n"))), await ShellAsync("-database", "shell", "-format", "csv", "-execute", "SELECT count(value) FROM air GROUP BY room"));
        Assert.Equal(
            (0, """{"results":[{"series":[{"name":"air","columns":["time","room","value"],"values":[[1596250000,"r0",7]]}]}]}""" + "\n"),
            await ShellAsync("-database", "shell", "-format", "json", "-precision", "s", "-execute", "SELECT * FROM air ORDER BY time DESC LIMIT 1"));
        (exitCode, string failed) = await ShellAsync("-database", "shell", "-execute", "SELECT foo(");
        Assert.Equal(1, exitCode);
        Assert.Contains("error parsing query", failed, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_client_of_Python_writes_and_reads()
    {
        ClientProgram.Require("python3", "python3-influxdb");

        JsonNode result = Result(await ClientProgram.RunAsync("/usr/bin/python3", [ClientProgram.Script("client.py"), Port, _server.OwnerKey]));

        AssertJson("""[{"name": "python"}]""", result["databases"]);
        AssertJson("""[{"name": "room air"}]""", result["measurements"]);
        AssertJson("4", result["series"]);
        AssertJson(
            """
            [[{"room": "no 0"}, [{"time": "1970-01-01T00:00:00Z", "count": 250, "max": 996}]], [{"room": "no 1"}, [{"time": "1970-01-01T00:00:00Z", "count": 250, "max": 997}]],
             [{"room": "no 2"}, [{"time": "1970-01-01T00:00:00Z", "count": 250, "max": 998}]], [{"room": "no 3"}, [{"time": "1970-01-01T00:00:00Z", "count": 250, "max": 999}]]]
            """,
            result["counts"]);
        AssertJson("""[{"time": 1596240000000, "n": 0, "ok": true, "room": "no 0", "text": "a \"b\" \\ c", "value": 0}]""", result["first"]);
        AssertJson("""[{"time": "2020-08-01T00:00:00Z", "n": 0}]""", result["time"]);
        AssertJson("""[{"time": 1596240001000, "n": 1}]""", result["bound"]);
        AssertJson("400", result["bad query"]![0]);
        AssertJson("400", result["bad line"]![0]);
        Assert.Contains("missing field value", result["bad line"]![1]!.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_client_of_Node_for_version_1_writes_and_reads()
    {
        JsonNode result = Result(await node.RunAsync("version1.js", Port, _server.OwnerKey));

        AssertJson("[true]", result["online"]);
        AssertJson("""["node"]""", result["databases"]);
        AssertJson("""["air"]""", result["measurements"]);
        AssertJson("4", result["series"]);
        Assert.Equal(["no 0: 250, 996", "no 1: 250, 997", "no 2: 250, 998", "no 3: 250, 999"], result["counts"]!.AsArray().Select(row => $"{row!["room"]}: {row["count"]}, {row["max"]}"));
        AssertJson("""[{"time": "2020-08-01T00:00:00.000Z", "n": 0, "ok": true, "room": "no 0", "text": "a \"b\" \\ c", "value": 0}]""", result["first"]);
        AssertJson("""[{"time": "2020-08-01T00:00:01.000Z", "n": 1}]""", result["bound"]);
        Assert.Equal(("1000", "499.5"), (result["two"]![0]![0]!["count"]!.ToString(), result["two"]![1]![0]!["max"]!.ToString()));
        Assert.Contains("error parsing query", result["failure"]!.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_client_of_Node_for_version_2_writes()
    {
        JsonNode result = Result(await node.RunAsync("version2.js", _server.Address.ToString().TrimEnd('/'), _server.OwnerKey));

        await AssertStoredAsync("node2");
        AssertJson("400", result["badLine"]![0]);
        AssertJson("401", result["badToken"]![0]);
    }

    [Fact]
    public async Task The_client_of_CSharp_writes()
    {
        using InfluxDBClient client = new(new InfluxDBClientOptions(_server.Address.ToString()) { Token = _server.OwnerKey, Org = "any", Bucket = "csharp" });
        DateTime start = DateTime.UnixEpoch.AddSeconds(Start);
        List<PointData> points = [.. Enumerable.Range(0, 1000).Select(i => PointData.Measurement("air").Tag("room", $"no {i % 4}")
            .Field("value", i * 0.5).Field("n", i).Field("ok", i % 2 == 0).Field("text", Text).Timestamp(start.AddSeconds(i), WritePrecision.Ms))];

        Assert.True(await client.PingAsync());
        await client.GetWriteApiAsync().WritePointsAsync(points[..500]);
        using (WriteApi batches = client.GetWriteApi(new WriteOptions { BatchSize = 200 }))
        {
            batches.WritePoints(points[500..]);
        }

        await AssertStoredAsync("csharp");
        Assert.Contains("missing field value", (await Assert.ThrowsAsync<BadRequestException>(() => client.GetWriteApiAsync().WriteRecordAsync("air value="))).Message, StringComparison.Ordinal);
    }

    private static JsonNode Result((int ExitCode, string Output) ended)
    {
        Assert.True(ended.ExitCode == 0, ended.Output);
        return JsonNode.Parse(ended.Output.Split('\n')[0])!;
    }

    private static void AssertJson(string expected, JsonNode? actual)
        => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected: {expected}\nActual: {actual?.ToJsonString()}");

    private Task<(int ExitCode, string Output)> ShellAsync(params string[] arguments)
        => ClientProgram.RunAsync("influx", ["-host", "127.0.0.1", "-port", Port, "-username", "me", "-password", _server.OwnerKey, .. arguments]);

    private async Task AssertStoredAsync(string database)
    {
        using HttpClient http = _server.Http();
        string query = "SELECT count(value), max(n), count(ok) FROM air GROUP BY room; SELECT * FROM air LIMIT 1";
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri($"/query?db={database}&epoch=s&q={Uri.EscapeDataString(query)}", UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/csv");
        using HttpResponseMessage answer = await http.SendAsync(request);
        Assert.Equal(
            "name,tags,time,count,max,count_1\nair,room=no\\ 0,0,250,996,250\nair,room=no\\ 1,0,250,997,250\nair,room=no\\ 2,0,250,998,250\nair,room=no\\ 3,0,250,999,250\n"
            + $"\nname,tags,time,n,ok,room,text,value\nair,,{Start},0,true,no 0,\"a \"\"b\"\" \\ c\",0\n",
            await answer.Content.ReadAsStringAsync());
    }
}
