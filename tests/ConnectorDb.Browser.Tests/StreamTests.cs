using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorDb.Browser.Tests.Support;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class StreamTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_value_that_is_inserted_appears_in_the_tree_the_header_and_the_chart()
    {
        await using Visit visit = await AtWeatherAsync();
        double before = await CountAsync(visit);
        await visit.Server.AppendAsync(Samples.Temperature, (Samples.Now, DataValue.From(-3.25)));
        await Expect(visit.Page.Locator(".big")).ToContainTextAsync("-3.25");
        await Expect(visit.Page.Locator($".tree a[data-path='{Samples.Temperature}'] .last")).ToHaveTextAsync("-3.25 °C");
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("-3.25");
        Assert.Equal(before + 1, await CountAsync(visit));
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_value_that_arrives_while_the_chart_is_read_is_in_it_and_nothing_moves()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously), release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync("**/data?q=chart*", async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            read.TrySetResult();
            await release.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer });
        });
        await visit.GoAsync($"/{Samples.Temperature}");
        await read.Task;
        await visit.Server.AppendAsync(Samples.Temperature, (Samples.Now, DataValue.From(-3.25)));
        await Expect(visit.Page.Locator(".big")).ToContainTextAsync("-3.25");
        LocatorBoundingBoxResult before = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;
        release.SetResult();
        await visit.PaintedAsync();
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("-3.25");
        LocatorBoundingBoxResult after = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;
        Assert.Equal((before.Y, before.Height), (after.Y, after.Height));
    }

    [SkippableFact]
    public async Task The_whole_range_shows_the_peak_of_one_datapoint_and_the_words_say_the_same()
    {
        await using Visit visit = await AtWeatherAsync();
        await visit.Button("All").ClickAsync();
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("45");
        await Expect(visit.Page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { NameRegex = new Regex("maximum 45") })).ToBeVisibleAsync();
        await visit.ShotAsync("stream-all");
    }

    [SkippableFact]
    public async Task The_wheel_zooms_in_and_out_dragging_moves_and_a_double_click_shows_all()
    {
        await using Visit visit = await AtWeatherAsync();
        await visit.Button("7 d").ClickAsync();
        LocatorBoundingBoxResult chart = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(chart.X + (chart.Width / 2), chart.Y + 100);
        await visit.Page.Mouse.WheelAsync(0, -400);
        (double from, double to) = await ViewAsync(visit, "to - from < 6.5 * 86400");
        await Expect(visit.Button("7 d")).ToHaveAttributeAsync("aria-pressed", "false");
        await visit.Page.Mouse.WheelAsync(0, 400);
        await visit.Page.Mouse.WheelAsync(0, 400);
        (from, to) = await ViewAsync(visit, "to - from > 8 * 86400");

        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(chart.X + (chart.Width / 2) + 200, chart.Y + 100, new MouseMoveOptions { Steps = 4 });
        await visit.Page.Mouse.UpAsync();
        await ViewAsync(visit, string.Create(CultureInfo.InvariantCulture, $"from < {from - 3600}"));
        await visit.Page.Mouse.DblClickAsync(chart.X + 200, chart.Y + 100);
        await Expect(visit.Button("All")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [SkippableFact]
    public async Task The_keyboard_alone_moves_and_zooms()
    {
        await using Visit visit = await AtWeatherAsync();
        await visit.Button("7 d").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator(".chart").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        (double from, double to) = await ViewAsync(visit, "from > 0");
        await visit.Page.Keyboard.PressAsync("+");
        await ViewAsync(visit, string.Create(CultureInfo.InvariantCulture, $"Math.abs((to - from) * 2 - {to - from}) < 2"));
        await visit.Page.Keyboard.PressAsync("0");
        await Expect(visit.Button("All")).ToHaveAttributeAsync("aria-pressed", "true");
        await visit.Page.Keyboard.PressAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task Two_fingers_zoom_on_a_phone()
    {
        await using Visit visit = await AtWeatherAsync(Look.PhoneLight);
        await visit.Button("7 d").TapAsync();
        await visit.Page.Locator(".chart").ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult chart = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;
        ICDPSession touch = await visit.Context.NewCDPSessionAsync(visit.Page);
        float middle = chart.X + (chart.Width / 2), y = chart.Y + 100;
        await TouchAsync(touch, "touchStart", (middle - 20, y), (middle + 20, y));
        await TouchAsync(touch, "touchMove", (middle - 60, y), (middle + 60, y));
        await TouchAsync(touch, "touchMove", (middle - 100, y), (middle + 100, y));
        await TouchAsync(touch, "touchEnd");
        await ViewAsync(visit, "to - from < 3 * 86400");
    }

    [SkippableFact]
    public async Task States_are_bars_with_their_names_and_a_list_of_datapoints()
    {
        await using Visit visit = await AtAsync(Look.DesktopLight, $"/{Samples.Door}");
        await visit.PaintedAsync();
        await Expect(visit.Page.Locator(".big")).ToHaveTextAsync("locked");
        await visit.Page.Locator(".chart").HoverAsync();
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("since");
        await Expect(visit.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "open" })).ToBeVisibleAsync();
        await visit.ShotAsync("stream-states");
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task Booleans_are_bars_of_on_and_off()
    {
        await using Visit visit = await AtAsync(Look.DesktopLight, $"/{Samples.Lamp}");
        await Expect(visit.Page.Locator(".big")).ToHaveTextAsync("off");
        LocatorBoundingBoxResult chart = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;

        // Of the last day, the lamp was on for half an hour that began an hour ago, and has been off since.
        await visit.Page.Mouse.MoveAsync(chart.X + 40 + ((chart.Width - 76) * (1 - (0.75f / 24))), chart.Y + 30);
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("on since");

        // The chart moves under a pointer that rests.
        await visit.Page.Locator(".chart").PressAsync("ArrowRight");
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("off since");
        await visit.Server.AppendAsync(Samples.Lamp, (Samples.Now, DataValue.From(true)));
        await Expect(visit.Page.Locator(".big")).ToHaveTextAsync("on");
        await visit.ShotAsync("stream-booleans");
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task The_picture_of_a_chart_is_a_png_of_what_is_seen()
    {
        await using Visit visit = await AtWeatherAsync();
        await visit.Button("7 d").ClickAsync();
        LocatorBoundingBoxResult chart = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;
        IDownload file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Picture").ClickAsync());
        Assert.Equal("temperature.png", file.SuggestedFilename);
        byte[] png = await File.ReadAllBytesAsync(await file.PathAsync());
        Assert.Equal("PNG"u8.ToArray(), png[1..4]);
        Assert.Equal((2 * (int)chart.Width, 2 * (int)chart.Height), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task Streams_of_any_values_are_shown()
    {
        await using Visit visit = await OpenAsync(chromium);
        double now = Samples.Now;
        (string Name, (double T, DataValue Value)[] Points)[] streams =
        [
            ("null", [(now - 20, DataValue.Null), (now - 10, DataValue.Null)]),
            ("mixed", [(now - 30, DataValue.From("a")), (now - 20, DataValue.From(1.5)), (now - 10, DataValue.From(true)), (now - 5, DataValue.From(2.5))]),
            ("objects", [(now - 20, DataValue.Parse("""{"x":1}""")), (now - 10, DataValue.Parse("""{"x":[2]}"""))]),
            ("one", [(now - 10, DataValue.From(7.0))]),
            ("equal", [(now - 10, DataValue.From(1.0)), (now - 10, DataValue.From(2.0)), (now - 10, DataValue.From(3.0))]),
            ("years", [(now - (9 * 365.25 * 86400), DataValue.From(1.0)), (now - (8.99 * 365.25 * 86400), DataValue.From(2.0)), (now - 10, DataValue.From(3.0))]),
        ];
        foreach ((string name, (double, DataValue)[] points) in streams)
        {
            await visit.Server.AddStreamAsync($"me/odd/{name}", new StreamDefinition());
            await visit.Server.AppendAsync($"me/odd/{name}", points);
        }

        await visit.SignInByLinkAsync();
        foreach ((string name, (double, DataValue)[] points) in streams)
        {
            await visit.GoAsync($"/me/odd/{name}");
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name })).ToBeVisibleAsync();
            await visit.PaintedAsync();
            await visit.Button("All").ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Datapoints" }).Locator("tbody tr")).ToHaveCountAsync(points.Length);
            await visit.ShotAsync($"odd-{name}");
        }

        await visit.GoAsync("/me/odd/objects");
        await Expect(visit.Page.Locator(".note")).ToContainTextAsync("neither numbers nor states");
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_range_without_datapoints_leads_to_the_newest()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddStreamAsync("me/pi/rare", new StreamDefinition());
        await visit.Server.AppendAsync("me/pi/rare", (Samples.Now - (40 * 86400), DataValue.From(5.0)));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/pi/rare?range=1 d");
        await visit.Button("1 h").ClickAsync();
        await Expect(visit.Page.Locator(".note")).ToContainTextAsync("Nothing here; the newest is of");
        await visit.Button("Go there").ClickAsync();
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("5");
    }

    [SkippableFact]
    public async Task A_script_changes_what_is_shown_and_an_error_in_it_is_told()
    {
        await using Visit visit = await AtWeatherAsync();
        await visit.Button("All").ClickAsync();
        await visit.Page.GetByLabel("PipeScript").FillAsync("if $ > 30");
        await visit.Button("Apply").ClickAsync();
        await Expect(visit.Page.Locator(".told")).ToHaveTextAsync("1 datapoints");
        await visit.Page.GetByLabel("PipeScript").FillAsync("if $ >");
        await visit.Button("Apply").ClickAsync();
        await Expect(visit.Page.Locator(".note .failed")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("PipeScript")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [SkippableFact]
    public async Task Labels_are_in_the_zone_and_language_of_the_viewer()
    {
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { TimezoneId = "Asia/Kathmandu", Locale = "de-DE" });
        await using RunningServer server = await RunningServer.StartAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());
        string version = (await page.Locator("link[rel=stylesheet]").GetAttributeAsync("href"))!.Split('/')[1];
        string[] ticks = await page.EvaluateAsync<string[]>(
            "async version => (await import(`./web/${version}/ticks.js`)).timeTicks(Date.UTC(2026, 0, 1, 18, 0) / 1000, Date.UTC(2026, 0, 1, 20, 0) / 1000, 8, (await import(`./web/${version}/format.js`)).shownClock()).map(tick => tick.text)", version);

        // 18:15 UTC is midnight in Kathmandu.
        Assert.Contains("0:00\n2. Jan.", ticks);
        Assert.All(ticks, tick => Assert.Matches("^\\d+:(00|15|30|45)", tick));
        Assert.Equal("1.013,4", await page.EvaluateAsync<string>("async version => (await import(`./web/${version}/format.js`)).number(1013.4)", version));
    }

    [SkippableFact]
    public async Task Midnights_are_labelled_where_the_clock_changes()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Page.GotoAsync(visit.Server.Address.ToString());
        string version = (await visit.Page.Locator("link[rel=stylesheet]").GetAttributeAsync("href"))!.Split('/')[1];
        double[] ticks = await visit.Page.EvaluateAsync<double[]>(
            "async version => (await import(`./web/${version}/ticks.js`)).timeTicks(Date.UTC(2026, 2, 28, 12) / 1000, Date.UTC(2026, 2, 30, 12) / 1000, 3, (await import(`./web/${version}/format.js`)).shownClock()).map(tick => tick.t)", version);
        Assert.Equal(["2026-03-28T23:00Z", "2026-03-29T22:00Z"], ticks.Select(t => UnixTime.ToDateTimeOffset(t).ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)));
    }

    private Task<Visit> AtWeatherAsync(Look look = Look.DesktopLight) => AtAsync(look, $"/{Samples.Temperature}");

    private async Task<Visit> AtAsync(Look look, string place)
    {
        Visit visit = await OpenAsync(chromium, look);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync(place);
        await visit.PaintedAsync();
        return visit;
    }

    private static async Task<double> CountAsync(Visit visit)
    {
        ILocator count = visit.Page.Locator(".figures div", new PageLocatorOptions { HasText = "datapoints" }).Locator("dd");
        await Expect(count).ToContainTextAsync(new Regex("[1-9]"));
        return double.Parse(await count.InnerTextAsync(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    /// <summary>The range that the address has, once it is as wanted.</summary>
    /// <param name="until">A condition in JavaScript on <c>from</c> and <c>to</c>.</param>
    private static async Task<(double From, double To)> ViewAsync(Visit visit, string until)
    {
        IJSHandle view = await visit.Page.WaitForFunctionAsync(
            $$"""
            () => {
              const [, from, to] = /from=([\d.]+)&to=([\d.]+)/.exec(location.hash)?.map(Number) ?? [];
              return from && {{until}} ? [from, to] : null;
            }
            """);
        double[] range = await view.JsonValueAsync<double[]>();
        return (range[0], range[1]);
    }

    private static async Task TouchAsync(ICDPSession touch, string type, params (float X, float Y)[] points)
        => await touch.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object> { ["type"] = type, ["touchPoints"] = points.Select((point, i) => new { x = point.X, y = point.Y, id = i }).ToArray() });
}
