using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ConnectorDb.Testing;

/// <summary>A real InfluxDB 1 on a folder and a port of its own, where the program is installed.</summary>
public sealed partial class InfluxServer : IAsyncLifetime, IDisposable
{
    private const string Program = "/usr/bin/influxd";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();
    private Process? _process;

    public string Url { get; private set; } = "";

    /// <remarks>It chooses the ports itself: one that a test finds free may be another's a moment later.</remarks>
    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Program))
        {
            return;
        }

        File.WriteAllText(_folder["influxdb.conf"], $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:0"
            [meta]
              dir = "{_folder["meta"]}"
            [data]
              dir = "{_folder["data"]}"
              wal-dir = "{_folder["wal"]}"
            [http]
              bind-address = "127.0.0.1:0"
              log-enabled = false
            """);
        _process = Process.Start(new ProcessStartInfo(Program, ["-config", _folder["influxdb.conf"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Url = $"http://{await AddressAsync(_process)}";
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    public void SkipWhenMissing() => Skip.If(_process is null, $"A real InfluxDB is needed: the package 'influxdb' with {Program}.");

    /// <summary>The answer to a query, as CSV.</summary>
    public string Query(string database, string query)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Url}/query?db={database}&epoch=ns&q={Uri.EscapeDataString(query)}");
        request.Headers.Add("Accept", "application/csv");
        return client.Send(request).Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }

    public Task DisposeAsync() => Task.CompletedTask;

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

    /// <summary>Where it listens, as it says itself once it does.</summary>
    private static async Task<string> AddressAsync(Process process)
    {
        using CancellationTokenSource patience = new(s_patience);
        StringBuilder said = new();
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                return found.Groups["address"].Value;
            }

            said.AppendLine(line);
        }

        throw new InvalidOperationException($"InfluxDB did not start. It said: {said}");
    }

    [GeneratedRegex(@"msg=""Listening on HTTP"".* addr=(?<address>\S+)")]
    private static partial Regex Listening();
}
