using System.Diagnostics;
using System.Globalization;

namespace ConnectorDb.Testing;

/// <summary>A real Prometheus that scrapes the streams of a server every three seconds.</summary>
/// <param name="target">The host and port of the server.</param>
/// <param name="apiKey">The key of the device whose streams it may read.</param>
/// <param name="label">The streams to scrape, such as <c>room=*</c>.</param>
public sealed class PrometheusServer(string target, string apiKey, string label) : LoopbackService("A real Prometheus is needed: the package 'prometheus'.", Program)
{
    private const string Program = "/usr/bin/prometheus";

    /// <summary>The address of its HTTP API.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:9");

    protected override async Task PrepareAsync()
    {
        await File.WriteAllTextAsync(Folder["key"], apiKey);
        await File.WriteAllTextAsync(Folder["prometheus.yml"], $$"""
            scrape_configs:
              - job_name: connectordb
                scrape_interval: 3s
                scrape_timeout: 3s
                metrics_path: /metrics/streams
                params: { label: ['{{label}}'] }
                authorization: { credentials_file: {{Folder["key"]}} }
                static_configs: [{ targets: ['{{target}}'] }]
            """);
    }

    protected override void ChoosePorts() => Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));

    protected override ProcessStartInfo Command()
        => new(Program, [$"--config.file={Folder["prometheus.yml"]}", $"--storage.tsdb.path={Folder["data"]}", $"--web.listen-address={Address.Authority}"]);

    protected override bool IsReady(string line) => line.Contains("Server is ready to receive web requests", StringComparison.Ordinal);
}
