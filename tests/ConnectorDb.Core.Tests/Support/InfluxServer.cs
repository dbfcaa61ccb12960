using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>A real InfluxDB 1 on a folder and ports of its own, where the program is installed.</summary>
public sealed class InfluxServer : IDisposable
{
    private const string Program = "/usr/bin/influxd";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();
    private readonly Process? _process;

    public InfluxServer()
    {
        if (!File.Exists(Program))
        {
            return;
        }

        (int port, int rpc) = (FreePort(), FreePort());
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        File.WriteAllText(_folder["influxdb.conf"], string.Create(CultureInfo.InvariantCulture, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{rpc}"
            [meta]
              dir = "{_folder["meta"]}"
            [data]
              dir = "{_folder["data"]}"
              wal-dir = "{_folder["wal"]}"
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            """));
        _process = Process.Start(new ProcessStartInfo(Program, ["-config", _folder["influxdb.conf"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AwaitStart();
    }

    public string Url { get; } = "";

    public void SkipWhenMissing() => Skip.If(_process is null, $"A real InfluxDB is needed: the package 'influxdb' with {Program}.");

    /// <summary>The answer to a query, as CSV.</summary>
    public string Query(string database, string query)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Url}/query?db={database}&epoch=ns&q={Uri.EscapeDataString(query)}");
        request.Headers.Add("Accept", "application/csv");
        return client.Send(request).Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private void AwaitStart()
    {
        using HttpClient client = new();
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using HttpRequestMessage ping = new(HttpMethod.Get, $"{Url}/ping");
                using HttpResponseMessage answer = client.Send(ping);
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(began) < s_patience && !_process!.WaitForExit(50))
            {
                // It is still starting.
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
