using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace ConnectorDb.Benchmarks.Page;

/// <summary>The page of Prometheus (Debian's package), as the peer. The variable PROMETHEUS names its program where it is not installed.</summary>
internal static class PrometheusPage
{
    private const int Port = 19090;

    public static async Task MeasureAsync(IBrowser browser, int rounds)
    {
        string program = Environment.GetEnvironmentVariable("PROMETHEUS") ?? "/usr/bin/prometheus";
        if (!File.Exists(program))
        {
            Console.WriteLine($"| Prometheus | {program} is not there |");
            return;
        }

        // Debian keeps the files of the page beside the program, and the program looks for them in its folder.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("prometheus-page-");
        string configuration = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $"scrape_configs: [{{job_name: self, scrape_interval: 1s, static_configs: [{{targets: ['127.0.0.1:{Port}']}}]}}]\n");
        string files = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "..", "share", "prometheus", "web"));
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "web"), files);
        using Process process = Process.Start(new ProcessStartInfo(program, [$"--config.file={configuration}", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{Port}", "--log.level=error"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardError = true,
        })!;
        process.BeginErrorReadLine();
        try
        {
            await ReadyAsync();
            List<double> times = [];
            int bytes = 0;
            for (int i = 0; i < rounds; i++)
            {
                await using IBrowserContext context = await browser.NewContextAsync();
                IPage page = await context.NewPageAsync();
                List<IResponse> responses = [];
                page.Response += (_, response) => responses.Add(response);
                await page.GotoAsync($"http://127.0.0.1:{Port}/graph?g0.expr=up&g0.tab=1", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
                IJSHandle shown = await page.WaitForFunctionAsync("() => [...document.querySelectorAll('td')].some(cell => cell.textContent.includes('up{')) && performance.now()", null, new PageWaitForFunctionOptions { Timeout = 60_000 });
                times.Add(await shown.JsonValueAsync<double>());
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                bytes = await PageFigures.BytesAsync(responses);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| Prometheus: bytes of its page with a value | {bytes:#,0} |"));
            PageFigures.Print("Prometheus: its page with a value, empty cache", times, "ms");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task ReadyAsync()
    {
        using HttpClient http = new();
        for (int i = 0; i < 600; i++)
        {
            try
            {
                // A value has been scraped.
                if ((await http.GetStringAsync($"http://127.0.0.1:{Port}/api/v1/query?query=up")).Contains("\"value\"", StringComparison.Ordinal))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("Prometheus did not scrape itself within a minute.");
    }
}
