using ConnectorDb.Browser.Tests.Support;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Charts.Drawing;
using ConnectorDb.Core.Charts.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ConnectorDb.Browser.Tests;

/// <summary>A chart that was exported as HTML, opened as a file.</summary>
public sealed class ChartFileTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    /// <summary>01:30 in Berlin, half an hour before its clocks went from 02:00 to 03:00.</summary>
    private const double Start = 1711845000;

    private const string Attack = "</script><script>document.title='attacked'</script><img src=x onerror=\"document.title='attacked'\">";

    private const string Size = "name => { const { width, height } = document.querySelector(name).getBoundingClientRect(); return [width, height, document.documentElement.scrollWidth]; }";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.html");

    public void Dispose() => File.Delete(_file);

    [SkippableFact]
    public async Task A_chart_is_drawn_without_an_error_or_a_request_and_names_are_text()
    {
        await using IBrowserContext context = await chromium.OpenAsync();
        IPage page = await context.NewPageAsync();
        List<string> errors = [];
        List<string> requests = [];
        page.Console += (_, message) => errors.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);
        ChartSeries attack = Series(Attack, 3);
        await OpenAsync(page, new Chart { Title = Attack, Series = [attack, Series("rain", 1000), Door(Attack)], Right = new HashSet<ChartSeries> { attack }, Zone = TimeZones.Find("Europe/Berlin")! });
        await page.GetByText("Table").ClickAsync();
        await Expect(page.Locator("td").First).ToHaveTextAsync("0");
        Assert.Empty(errors);
        Assert.Equal([new Uri(_file).AbsoluteUri], requests);
        Assert.Equal(Attack, await page.TitleAsync());
        Assert.Equal(Attack, await page.Locator("h1").TextContentAsync());
        Assert.Equal(0, await page.Locator("img, script[src]").CountAsync());
    }

    [SkippableFact]
    public async Task Wheel_drag_keys_and_buttons_zoom_and_move_and_a_double_click_shows_all()
    {
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { Locale = "de-DE" });
        IPage page = await context.NewPageAsync();
        await OpenAsync(page, new Chart { Series = [Series("heat", 1)], Zone = TimeZones.Find("Europe/Berlin")! });
        ILocator range = page.Locator("#range"), chart = page.Locator("#chart");
        const string All = "31 Mar 2024, 1:30:00 – 31 Mar 2024, 4:09:00, Europe/Berlin";
        await Expect(range).ToHaveTextAsync(All);
        await chart.HoverAsync();
        await page.Mouse.WheelAsync(0, -400);
        await Expect(range).Not.ToHaveTextAsync(All);
        string zoomed = (await range.TextContentAsync())!;
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(300, 250, new MouseMoveOptions { Steps = 3 });
        await page.Mouse.UpAsync();
        await Expect(range).Not.ToHaveTextAsync(zoomed);
        await Expect(page.Locator("#read")).ToContainTextAsync("heat");
        await chart.DblClickAsync();
        await Expect(range).ToHaveTextAsync(All);
        await chart.PressAsync("+");
        await Expect(range).ToHaveTextAsync("31 Mar 2024, 1:54:45 – 31 Mar 2024, 3:44:15, Europe/Berlin");
        await chart.PressAsync("ArrowRight");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "All" }).ClickAsync();
        await Expect(range).ToHaveTextAsync(All);
    }

    [SkippableTheory]
    [InlineData(390, 390)]
    [InlineData(1280, 1000)]
    public async Task A_picture_without_scripts_shrinks_with_its_window_and_keeps_its_shape(int window, float width)
    {
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = window, Height = 800 } });
        IPage page = await context.NewPageAsync();
        using MemoryStream picture = new();
        new SvgChart().Write(picture, new Chart { Series = [Series("heat", 1)] }, new PictureOptions { Width = 1000, Height = 400 });
        string svg = Convert.ToBase64String(picture.ToArray());

        // As a file of its own, and in a mail or page.
        await page.GotoAsync($"data:image/svg+xml;base64,{svg}");
        AssertSize(await page.EvaluateAsync<float[]>(Size, "svg"));
        await page.GotoAsync("about:blank");
        await page.SetContentAsync($"<style>body {{ margin: 0 }} img {{ max-width: 100% }}</style><img src='data:image/svg+xml;base64,{svg}'>");
        await page.WaitForFunctionAsync("() => document.querySelector('img').complete");
        AssertSize(await page.EvaluateAsync<float[]>(Size, "img"));

        void AssertSize(float[] size)
        {
            Assert.Equal(width, size[0], 1f);
            Assert.Equal(width * 0.4f, size[1], 1f);
            Assert.InRange(size[2], 0, window);
        }
    }

    /// <summary>The peak stays under the wheel and becomes wider, and goes where it is dragged to.</summary>
    [SkippableTheory]
    [InlineData(ColorScheme.Light, "en-GB", "heat 12.5")]
    [InlineData(ColorScheme.Dark, "de-DE", "heat 12,5")]
    public async Task The_picture_follows_the_wheel_and_the_pointer(ColorScheme scheme, string locale, string peak)
    {
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme, Locale = locale, ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        IPage page = await context.NewPageAsync();
        ChartPoint[] points = [.. Enumerable.Range(0, 100).Select(i => ChartPoint.At(Start + (60 * i), i == 40 ? 12.5 : 0))];
        await OpenAsync(page, new Chart { Series = [new("heat", points, 0)], Zone = TimeZones.Find("Europe/Berlin")! });
        LocatorBoundingBoxResult chart = (await page.Locator("#chart").BoundingBoxAsync())!;
        (float x, float width) = await PeakAsync(page);
        await page.Mouse.MoveAsync(chart.X + x, chart.Y + 100);
        await Expect(page.Locator("#read")).ToContainTextAsync(peak);
        await PaintedAfterAsync(page, () => page.Mouse.WheelAsync(0, -400));
        (float zoomedX, float zoomedWidth) = await PeakAsync(page);
        Assert.InRange(zoomedX, x - 3, x + 3);
        Assert.InRange(zoomedWidth, width * 1.5, width * 2.2);
        await page.Mouse.DownAsync();
        await PaintedAfterAsync(page, () => page.Mouse.MoveAsync(chart.X + x + 120, chart.Y + 100));
        await page.Mouse.UpAsync();
        (float draggedX, float draggedWidth) = await PeakAsync(page);
        Assert.InRange(draggedX, zoomedX + 117, zoomedX + 123);
        Assert.InRange(draggedWidth, zoomedWidth - 3, zoomedWidth + 3);

        // Times pass under a pointer that rests.
        await Expect(page.Locator("#read")).ToContainTextAsync(peak);
        await page.Locator("#chart").PressAsync("ArrowRight");
        await Expect(page.Locator("#read")).Not.ToContainTextAsync(peak);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light, 1280, "rgb(255, 255, 255)")]
    [InlineData(ColorScheme.Dark, 1280, "rgb(20, 23, 28)")]
    [InlineData(ColorScheme.Light, 390, "rgb(255, 255, 255)")]
    public async Task Both_color_schemes_and_a_phone_are_accessible(ColorScheme scheme, int width, string background)
    {
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = 800 } });
        IPage page = await context.NewPageAsync();
        await OpenAsync(page, new Chart { Series = [Series("heat", 1), Series("me/user/a-stream-with-a-long-name-that-no-phone-has-a-line-for", 2), Door("door")] });
        Assert.Equal(background, await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Contains("heat: 100 datapoints, minimum 0, mean 49.5, maximum 99", await page.Locator("#chart").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        Assert.Empty(await page.FindViolationsAsync());
    }

    [SkippableFact]
    public async Task A_range_without_datapoints_is_said_in_words()
    {
        await using IBrowserContext context = await chromium.OpenAsync();
        IPage page = await context.NewPageAsync();
        await GotoAsync(page, new Chart { Series = [new("none", [], 0)], From = Start, To = Start + 60, Zone = TimeZones.Find("Europe/Berlin")! });
        await Expect(page.Locator("main")).ToHaveTextAsync("none none – no datapoints in this range Nothing to draw in this range 31 Mar 2024 01:30:00 – 31 Mar 2024 01:31:00, Europe/Berlin");
        Assert.Empty(await page.FindViolationsAsync());
    }

    [SkippableFact]
    public async Task A_single_datapoint_and_extremes_are_drawn()
    {
        await using IBrowserContext context = await chromium.OpenAsync();
        IPage page = await context.NewPageAsync();
        List<string> errors = [];
        page.PageError += (_, error) => errors.Add(error);
        await OpenAsync(page, new Chart { Series = [new("one", [ChartPoint.At(Start, 5)], 0)] });
        await OpenAsync(page, new Chart { Series = [new("wide", [ChartPoint.At(Start, -double.MaxValue), ChartPoint.At(Start + 3e9, double.MaxValue)], 0)] });
        await OpenAsync(page, new Chart { Series = [Door("door")] });
        Assert.Empty(errors);
    }

    /// <summary>The middle of the peak, and its width at half of its height, in CSS pixels.</summary>
    private static async Task<(float X, float Width)> PeakAsync(IPage page)
    {
        float[] peak = await page.EvaluateAsync<float[]>(
            """
            () => {
              const canvas = document.querySelector('#chart canvas');
              const [red, green, blue] = getComputedStyle(document.documentElement).getPropertyValue('--s0').trim().match(/\w\w/g).map(digits => parseInt(digits, 16));
              const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              const rows = Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => (y * width + x) * 4)
                .flatMap((at, x) => data[at + 3] > 40 && Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) < 40 ? [x] : []));
              const top = rows.findIndex(row => row.length > 0), bottom = rows.findLastIndex(row => row.length > 0);
              const middle = rows[Math.round((top + bottom) / 2)];
              const scale = canvas.width / canvas.clientWidth;
              return [(middle[0] + middle.at(-1)) / 2 / scale, (middle.at(-1) - middle[0]) / scale];
            }
            """);
        return (peak[0], peak[1]);
    }

    /// <summary>Waits until another range is painted. A change of the size paints the same range again.</summary>
    private static async Task PaintedAfterAsync(IPage page, Func<Task> action)
    {
        string before = (await page.Locator("#range").TextContentAsync())!;
        await action();
        await Expect(page.Locator("#range")).Not.ToHaveTextAsync(before);
    }

    private async Task OpenAsync(IPage page, Chart chart)
    {
        await GotoAsync(page, chart);
        await Expect(page.Locator("html[data-painted]")).ToHaveCountAsync(1);
    }

    private async Task GotoAsync(IPage page, Chart chart)
    {
        using (FileStream file = File.Create(_file))
        {
            new HtmlChart().Write(file, chart, new PictureOptions());
        }

        await page.GotoAsync(new Uri(_file).AbsoluteUri);
    }

    /// <summary>Datapoints of 99 minutes.</summary>
    private static ChartSeries Series(string name, double factor) => new(name, [.. Enumerable.Range(0, 100).Select(i => ChartPoint.At(Start + (60 * i), factor * i))], 0);

    private static ChartSeries Door(string state)
    {
        ChartSeriesBuilder door = new("door");
        door.Add(Start, DataValue.From(state));
        door.Add(Start + 600, DataValue.From("closed"));
        door.Add(Start + 1200, DataValue.From(state));
        return door.Build();
    }
}
