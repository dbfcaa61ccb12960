using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Benchmarks.Load;
using Microsoft.Playwright;

namespace ConnectorDb.Benchmarks.Page;

/// <summary>The page in a real browser: its bytes, the time until tree and chart are there, the delay of live values, and the server's memory of open pages.</summary>
internal sealed class PageFigures(ServerUnderLoad server, IBrowser browser)
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Rounds = 5;
    private const int LiveValues = 50;
    private const int Streams = 20;
    private const int OpenPages = 100;
    private const string Big = "me/user/load0";

    /// <summary>A value is in the tree.</summary>
    private const string Tree = "() => { const last = [...document.querySelectorAll('.tree .last')]; return last.length > 0 && last.some(one => /\\d/.test(one.textContent)) && performance.now(); }";

    /// <summary>The chart shows datapoints, and was painted.</summary>
    private const string Chart = "() => { const chart = document.querySelector('.chart'); return /\\d datapoints/.test(chart?.getAttribute('aria-label') ?? '') && document.querySelector('.figures')?.textContent && Number(chart.dataset.painted) > 0 && performance.now(); }";

    public static async Task RunAsync(string[] options)
    {
        int points = int.Parse(options.FirstOrDefault() ?? "10000000", CultureInfo.InvariantCulture);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium });
        using ServerUnderLoad server = await ServerUnderLoad.ConnectorDbAsync(Streams);
        PageFigures page = new(server, browser);
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, Chromium {browser.Version}");
        Console.WriteLine();
        Console.WriteLine("| | |");
        Console.WriteLine("|---|---|");
        await page.AppendAsync(points);
        foreach (string encoding in new[] { "br", "gzip" })
        {
            await page.MeasureBytesAsync(encoding);
        }

        await page.MeasureStartAsync();
        await page.MeasureChartAsync(points);
        await page.MeasureLiveAsync();
        await page.MeasureMemoryAsync();
        await PrometheusPage.MeasureAsync(browser, Rounds);
    }

    /// <summary>Prints a row with the median of the rounds.</summary>
    public static void Print(string what, IEnumerable<double> rounds, string unit)
    {
        double[] sorted = [.. rounds.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {sorted[sorted.Length / 2]:0} {unit} ({sorted[0]:0} to {sorted[^1]:0}) |"));
    }

    /// <summary>The bytes of the bodies of answers, as they come over the wire.</summary>
    public static async Task<int> BytesAsync(IEnumerable<IResponse> responses)
    {
        int bytes = 0;
        foreach (IResponse response in responses.ToArray())
        {
            bytes += (await response.Request.SizesAsync()).ResponseBodySize;
        }

        return bytes;
    }

    /// <summary>A datapoint each second, up to now.</summary>
    private async Task AppendAsync(int points)
    {
        const int most = 100_000;
        using HttpClient http = new() { BaseAddress = new Uri(server.Root) };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(server.Authorization!);
        long end = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        for (int first = 0; first < points; first += most)
        {
            StringBuilder json = new("[");
            for (int i = first; i < Math.Min(points, first + most); i++)
            {
                json.Append(CultureInfo.InvariantCulture, $"{(i > first ? "," : "")}{{\"t\":{end - points + i},\"d\":{Math.Round(20 + (5 * Math.Sin(i / 3600.0)), 1)}}}");
            }

            using StringContent body = new(json.Append(']').ToString(), Encoding.UTF8, "application/json");
            (await http.PostAsync($"/api/v1/crud/{Big}/data", body)).EnsureSuccessStatusCode();
        }
    }

    private async Task MeasureBytesAsync(string encoding)
    {
        await using IBrowserContext context = await SignInAsync(encoding);
        IPage page = await context.NewPageAsync();
        List<IResponse> responses = [];
        page.Response += (_, response) => responses.Add(response);
        await page.GotoAsync(server.Root);
        await WhenAsync(page, Tree);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Console.WriteLine(Row($"{encoding}: bytes of files before the chart library, with the start screen", await BytesAsync(responses.Where(IsFile))));
        Console.WriteLine(Row($"{encoding}: bytes of answers of the API there", await BytesAsync(responses.Where(response => !IsFile(response)))));
        foreach (string place in new[] { Big, "me/user", "me" })
        {
            await page.EvaluateAsync("place => { location.hash = `#/${place}`; }", place);
            await page.Locator($"main[data-place='/{place}']").WaitForAsync();
            if (place == Big)
            {
                await page.Locator(".chart[data-painted]").WaitForAsync();
            }
        }

        foreach (string place in new[] { "compare", "query", "items", "account", "keys" })
        {
            await page.EvaluateAsync("place => { location.hash = place; }", place);
            await page.Locator($"main[data-place='{place}']").WaitForAsync();
        }

        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Console.WriteLine(Row($"{encoding}: bytes of all files", await BytesAsync(responses.Where(IsFile))));
        Console.WriteLine(Row($"{encoding}: of these the chart library", await BytesAsync(responses.Where(response => response.Url.EndsWith("/echarts.js", StringComparison.Ordinal)))));

        static string Row(string what, int bytes) => string.Create(CultureInfo.InvariantCulture, $"| {what} | {bytes:#,0} |");
        bool IsFile(IResponse response) => response.Url == server.Root + "/" || response.Url.Contains("/web/", StringComparison.Ordinal);
    }

    /// <summary>From the navigation with an empty cache to a live value in the tree.</summary>
    private async Task MeasureStartAsync()
    {
        List<double> rounds = [];
        for (int i = 0; i < Rounds; i++)
        {
            await using IBrowserContext context = await SignInAsync();
            IPage page = await context.NewPageAsync();
            await page.GotoAsync(server.Root, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
            rounds.Add(await WhenAsync(page, Tree));
        }

        Print("tree and live values, empty cache", rounds, "ms");
    }

    private async Task MeasureChartAsync(int points)
    {
        List<double> cold = [], first = [], zoomed = [];
        for (int i = 0; i < Rounds; i++)
        {
            await using IBrowserContext context = await SignInAsync();
            IPage page = await context.NewPageAsync();
            await page.GotoAsync($"{server.Root}/#/{Big}?range=All", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
            cold.Add(await WhenAsync(page, Chart));
            await page.EvaluateAsync("() => { location.hash = '#keys'; }");
            await page.Locator("main[data-place='keys']").WaitForAsync();
            first.Add(await page.EvaluateAsync<double>(Timed("location.hash = '#/me/user/load0?range=All';", Chart)));
            zoomed.Add(await page.EvaluateAsync<double>(Timed(
                """
                const chart = document.querySelector('.chart');
                const answers = () => performance.getEntriesByType('resource').filter(entry => entry.name.includes('q=chart')).length;
                const before = answers();
                let painted = Infinity;
                const { left, top, width } = chart.getBoundingClientRect();

                // The first step shows the columns that are there, and the second needs others.
                for (let i = 0; i < 2; i++) chart.dispatchEvent(new WheelEvent('wheel', { deltaY: -400, clientX: left + width / 2, clientY: top + 50, cancelable: true, bubbles: true }));
                """,
                "() => { if (answers() > before && painted === Infinity) painted = Number(chart.dataset.painted); return Number(chart.dataset.painted) > painted; }")));
        }

        string stream = string.Create(CultureInfo.InvariantCulture, $"a stream of {points:#,0} datapoints");
        Print($"{stream}: first chart, page and chart library loaded", first, "ms");
        Print($"{stream}: first chart, empty cache", cold, "ms");
        Print($"{stream}: zoom to new columns", zoomed, "ms");
    }

    /// <summary>The code that does something and counts the milliseconds until a condition holds and was painted.</summary>
    private static string Timed(string action, string condition) => $$"""
        () => new Promise(done => {
          const start = performance.now();
          {{action}}
          const look = () => requestAnimationFrame(() => ({{condition}})() ? done(performance.now() - start) : look());
          look();
        })
        """;

    /// <summary>From the answer to an insert until the page shows the value; below 0 where the value is there first.</summary>
    private async Task MeasureLiveAsync()
    {
        await using IBrowserContext context = await SignInAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync($"{server.Root}/#/me/user/load1");
        await WhenAsync(page, "() => document.querySelector('.dot.live') && document.querySelector('.big') && performance.now()");
        List<double> rounds = [];
        for (int i = 0; i < LiveValues; i++)
        {
            rounds.Add(await page.EvaluateAsync<double>(
                """
                value => new Promise(async done => {
                  const token = /connectordb-token=([^;]*)/.exec(document.cookie)[1];
                  let shown = 0, answered = 0;
                  const end = () => { if (shown && answered) done(shown - answered); };
                  const look = () => requestAnimationFrame(() => {
                    if (document.querySelector('.big').textContent.startsWith(value)) { shown = performance.now(); end(); } else look();
                  });
                  look();
                  const response = await fetch('api/v1/crud/me/user/load1/data', { method: 'PUT', headers: { 'X-ConnectorDb-Token': token, 'Content-Type': 'application/json' }, body: `[{"d":${value}}]` });
                  if (!response.ok) throw new Error(await response.text());
                  answered = performance.now();
                  end();
                })
                """,
                (100 + i).ToString(CultureInfo.InvariantCulture)));
        }

        Print("a live value on the screen after the answer to its insert", rounds, "ms");
    }

    private async Task MeasureMemoryAsync()
    {
        long before = server.MemoryBytes;
        List<OpenPage> pages = [];
        for (int i = 0; i < OpenPages; i++)
        {
            pages.Add(await OpenPage.OpenAsync(server, [.. Enumerable.Range(0, Streams).Select(stream => $"me/user/load{stream}")]));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the server's memory for {OpenPages} open pages with {Streams} live streams each | {(server.MemoryBytes - before) / 1048576.0:0} MiB ({before / 1048576.0:0} before) |"));
        pages.ForEach(page => page.Dispose());
    }

    /// <summary>A browser profile with a session and an empty cache.</summary>
    private async Task<IBrowserContext> SignInAsync(string? encoding = null)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ExtraHTTPHeaders = encoding is null ? null : new Dictionary<string, string> { ["Accept-Encoding"] = encoding } });
        IAPIResponse answer = await context.APIRequest.PostAsync($"{server.Root}/api/v1/login", new APIRequestContextOptions { Headers = new Dictionary<string, string> { ["Authorization"] = server.Authorization! } });
        return answer.Ok ? context : throw new InvalidOperationException($"The login was answered with {answer.Status}.");
    }

    /// <summary>The milliseconds from the navigation until a condition holds.</summary>
    private static async Task<double> WhenAsync(IPage page, string condition)
        => await (await page.WaitForFunctionAsync(condition, null, new PageWaitForFunctionOptions { Timeout = 120_000 })).JsonValueAsync<double>();
}
