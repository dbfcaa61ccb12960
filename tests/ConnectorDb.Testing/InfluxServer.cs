using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ConnectorDb.Testing;

/// <summary>A real InfluxDB 1.</summary>
public sealed partial class InfluxServer() : LoopbackService($"A real InfluxDB is needed: the package 'influxdb' with {Program}.", Program)
{
    private const string Program = "/usr/bin/influxd";

    public string Url { get; private set; } = "";

    /// <summary>The answer to a query, as CSV.</summary>
    public string Query(string database, string query)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Url}/query?db={database}&epoch=ns&q={Uri.EscapeDataString(query)}");
        request.Headers.Add("Accept", "application/csv");
        return client.Send(request).Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }

    /// <remarks>InfluxDB chooses the ports itself.</remarks>
    protected override void ChoosePorts()
    {
    }

    protected override ProcessStartInfo Command()
    {
        File.WriteAllText(Folder["influxdb.conf"], $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:0"
            [meta]
              dir = "{Folder["meta"]}"
            [data]
              dir = "{Folder["data"]}"
              wal-dir = "{Folder["wal"]}"
            [http]
              bind-address = "127.0.0.1:0"
              log-enabled = false
            """);
        return new ProcessStartInfo(Program, ["-config", Folder["influxdb.conf"]]);
    }

    protected override bool IsReady(string line)
    {
        Match found = Listening().Match(line);
        Url = $"http://{found.Groups["address"].Value}";
        return found.Success;
    }

    [GeneratedRegex(@"msg=""Listening on HTTP"".* addr=(?<address>\S+)")]
    private static partial Regex Listening();
}
