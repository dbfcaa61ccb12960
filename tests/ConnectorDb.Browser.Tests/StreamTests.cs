using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using ConnectorDb.Browser.Tests.Support;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class StreamTests(Chromium chromium) : IClassFixture<Chromium>
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
    public async Task A_value_at_the_time_of_the_newest_is_in_the_chart()
    {
        await using Visit visit = await AtWeatherAsync();
        double before = await CountAsync(visit);
        double newest = Samples.Now;
        await visit.Server.AppendAsync(Samples.Temperature, (newest, DataValue.From(-3.25)));
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("-3.25");
        await visit.Server.AppendAsync(Samples.Temperature, (newest, DataValue.From(-4.5)), (newest, DataValue.From(77.25)));
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("77.25");
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("-4.5");
        Assert.Equal(before + 3, await CountAsync(visit));
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_value_at_the_newest_time_that_was_read_is_in_the_chart_once()
    {
        await using Visit visit = await OpenAsync(chromium);
        double newest = Samples.Now - 5;
        await visit.Server.AddStreamAsync("me/pi/pulse", new StreamDefinition());
        await visit.Server.AppendAsync("me/pi/pulse", (newest - 60, DataValue.From(1.0)), (newest, DataValue.From(2.0)));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/pi/pulse");
        Assert.Equal(2, await CountAsync(visit));
        await visit.Server.AppendAsync("me/pi/pulse", (newest, DataValue.From(77.25)));
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("77.25");
        Assert.Equal(3, await CountAsync(visit));
    }

    [SkippableFact]
    public async Task Late_values_of_another_protocol_are_in_the_chart_at_their_places()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddWeatherAsync();
        await visit.SignInByLinkAsync();
        using HttpClient influx = new() { BaseAddress = visit.Server.Address };
        influx.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Token", visit.Server.KeyOf("me/weather"));
        long now = (long)Samples.Now;
        await WriteAsync($"rain value=1 {now - 300}\nrain value=3 {now - 60}");
        await visit.GoAsync("/me/weather/rain_value");
        await visit.PaintedAsync();
        Assert.Equal(2, await CountAsync(visit));
        await WriteAsync($"rain value=77.25 {now - 120}");
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("77.25");
        Assert.Equal(3, await CountAsync(visit));
        visit.AssertNoErrors();

        async Task WriteAsync(string lines)
        {
            using StringContent body = new(lines);
            (await influx.PostAsync("/write?db=home&precision=s", body)).EnsureSuccessStatusCode();
        }
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
    public async Task A_peak_beside_the_view_does_not_flatten_the_line()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddWeatherAsync();
        await visit.SignInByLinkAsync();

        // The peak of 45 was 3.05 days ago, and the others are from 12 to 24.
        double now = Samples.Now;
        await visit.GoAsync(string.Create(CultureInfo.InvariantCulture, $"/{Samples.Temperature}?from={now - (2.9 * 86400)}&to={now - 86400}"));
        await visit.PaintedAsync();
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("24");
        (int[] _, int[] down) = await InkAsync(visit);
        Assert.True(down[^1] - down[0] > 80, $"The line is drawn from {down[0]} to {down[^1]} % of the height.");
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
        await file.SaveAsAsync(Visit.PathOf("picture"));
        byte[] png = await File.ReadAllBytesAsync(await file.PathAsync());
        Assert.Equal("PNG"u8.ToArray(), png[1..4]);

        // The title and the range stand above the chart.
        Assert.Equal((2 * (int)chart.Width, 2 * ((int)chart.Height + 48)), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
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
            if (name is not "objects")
            {
                await visit.PaintedAsync();
            }

            await visit.Button("All").ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Datapoints" }).Locator("tbody tr")).ToHaveCountAsync(points.Length);
            await visit.ShotAsync($"odd-{name}");
        }

        await visit.GoAsync("/me/odd/objects");
        await Expect(visit.Page.Locator(".note")).ToContainTextAsync("neither numbers nor states");

        // Nothing can be drawn, so that no empty field stands above the table.
        await Expect(visit.Page.Locator(".chart")).ToBeHiddenAsync();
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_boolean_among_numbers_and_many_texts_is_no_value_of_the_line()
    {
        await using Visit visit = await OpenAsync(chromium);
        double now = Samples.Now;
        await visit.Server.AddStreamAsync("me/odd/texts", new StreamDefinition());
        await visit.Server.AppendAsync("me/odd/texts", Enumerable.Range(0, 60).Select(i => (now - 600 + i, i % 2 == 0 ? DataValue.From($"text {i}") : i == 31 ? DataValue.From(true) : i == 33 ? DataValue.From("true") : DataValue.From(20.0 + (i % 5)))));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/texts");
        await visit.PaintedAsync();
        ILocator figures = visit.Page.Locator(".figures");
        await Expect(figures).ToContainTextAsync("20minimum");
        await visit.Server.AppendAsync("me/odd/texts", (Samples.Now, DataValue.From(false)));
        await Expect(figures).ToContainTextAsync("61datapoints");
        await Expect(figures).ToContainTextAsync("20minimum");
        visit.AssertNoErrors();
    }

    [SkippableTheory]
    [InlineData(3)]
    [InlineData(20_000)]
    public async Task A_gap_of_years_is_drawn_open(int points)
    {
        await using Visit visit = await OpenAsync(chromium);
        double now = Samples.Now;
        await visit.Server.AddStreamAsync("me/odd/years", new StreamDefinition());
        foreach (double end in new[] { now - (9 * 365.25 * 86400), now })
        {
            await visit.Server.AppendAsync("me/odd/years", Enumerable.Range(0, points).Select(i => (end - ((points - i) * 0.5), DataValue.From(i % 7.0))));
        }

        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/years");
        await visit.PaintedAsync();
        await visit.Button("All").ClickAsync();
        await Expect(visit.Page.Locator(".told")).ToContainTextAsync((2 * points).ToString("#,0", CultureInfo.InvariantCulture));
        await visit.ShotAsync($"gap-of-years-{points}");

        // The field between the two ends has the grid, and nothing of the series.
        (int[] drawn, int[] _) = await InkAsync(visit);
        Assert.NotEmpty(drawn);
        Assert.DoesNotContain(drawn, percent => percent is > 15 and < 85);
        Assert.True(drawn[0] < 15 && drawn[^1] > 85, string.Join(' ', drawn.Distinct()));
    }

    [SkippableFact]
    public async Task A_datapoint_between_two_gaps_is_a_dot()
    {
        await using Visit visit = await OpenAsync(chromium);
        double now = Samples.Now;
        await visit.Server.AddStreamAsync("me/odd/lone", new StreamDefinition());
        await visit.Server.AppendAsync("me/odd/lone", Enumerable.Range(0, 4001).Where(minute => minute is < 1000 or 2000 or > 3000).Select(minute => (now - ((4001 - minute) * 60.0), DataValue.From(5.0))));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/lone");
        await visit.PaintedAsync();
        await visit.Button("All").ClickAsync();
        await Expect(visit.Page.Locator(".told")).ToHaveTextAsync("2,001 datapoints");
        (int[] drawn, int[] _) = await InkAsync(visit);
        Assert.Contains(drawn, percent => percent is > 45 and < 55);
        Assert.DoesNotContain(drawn, percent => percent is (> 35 and < 45) or (> 55 and < 65));
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
        await Expect(visit.Page.Locator(".told")).ToHaveTextAsync("1 datapoint");
        ILocator results = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Datapoints" });
        await Expect(results.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(results.GetByRole(AriaRole.Cell, new LocatorGetByRoleOptions { Name = "45" })).ToBeVisibleAsync();
        await Expect(results).ToContainTextAsync("1 to 1 of 1");
        await visit.Page.GetByLabel("PipeScript").FillAsync("$ * 1000");
        await visit.Button("Apply").ClickAsync();
        await Expect(results.Locator("tbody tr").First).ToContainTextAsync("17,870");
        await Expect(results).ToContainTextAsync("2,540 to 2,589 of 2,589");
        await Expect(visit.Page.Locator(".figures")).Not.ToContainTextAsync("°C");
        await visit.Page.GetByLabel("PipeScript").FillAsync("if $ >");
        await visit.Button("Apply").ClickAsync();
        await Expect(visit.Page.Locator(".note .failed")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("PipeScript")).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [SkippableFact]
    public async Task Labels_are_in_the_zone_and_numbers_in_the_language_of_the_viewer_and_words_are_english()
    {
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { TimezoneId = "Asia/Kathmandu", Locale = "de-DE" });
        await using RunningServer server = await RunningServer.StartAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());
        string version = (await page.Locator("link[rel=stylesheet]").GetAttributeAsync("href"))!.Split('/')[1];
        string[] ticks = await page.EvaluateAsync<string[]>(
            "async version => (await import(`./web/${version}/screens.js`)).$ticks.timeTicks(Date.UTC(2026, 0, 1, 18, 0) / 1000, Date.UTC(2026, 0, 1, 20, 0) / 1000, 8, (await import(`./web/${version}/app.js`)).$format.shownClock()).map(tick => tick.text)", version);

        // 18:15 UTC is midnight in Kathmandu.
        Assert.Contains("0:00\n2 Jan", ticks);
        Assert.All(ticks, tick => Assert.Matches("^\\d+:(00|15|30|45)", tick));
        Assert.Equal("1.013,4", await page.EvaluateAsync<string>("async version => (await import(`./web/${version}/app.js`)).$format.number(1013.4)", version));
    }

    /// <summary>A day of 23 and one of 25 hours in Berlin, and a clock that is 15 minutes off the hours of others.</summary>
    [SkippableTheory]
    [InlineData("Europe/Berlin", "2026-03-28T22:00Z", "2026-03-29T22:30Z", 5, "23:00 is 0:00/29 Mar; 04:00 is 6:00; 10:00 is 12:00; 16:00 is 18:00; 22:00 is 0:00/30 Mar")]
    [InlineData("Europe/Berlin", "2026-10-24T21:00Z", "2026-10-25T23:30Z", 5, "22:00 is 0:00/25 Oct; 05:00 is 6:00; 11:00 is 12:00; 17:00 is 18:00; 23:00 is 0:00/26 Oct")]
    [InlineData("Europe/Berlin", "2026-03-29T00:00Z", "2026-03-29T02:30Z", 3, "00:00 is 1:00/29 Mar; 01:00 is 3:00; 02:00 is 4:00")]
    [InlineData("Europe/Berlin", "2026-03-28T12:00Z", "2026-03-30T12:00Z", 2, "23:00 is 29 Mar; 22:00 is 30 Mar")]
    [InlineData("Asia/Kathmandu", "2026-04-30T17:00Z", "2026-05-01T06:00Z", 5, "18:15 is 0:00/1 May; 21:15 is 3:00; 00:15 is 6:00; 03:15 is 9:00")]
    [InlineData("Asia/Kathmandu", "2026-04-30T00:00Z", "2026-05-03T00:00Z", 3, "18:15 is 1 May; 18:15 is 2 May; 18:15 is 3 May")]
    public async Task Labels_are_at_round_times_of_the_clock_also_where_it_changes(string zone, string from, string to, int most, string labels)
    {
        await using IBrowserContext context = await chromium.OpenAsync(new BrowserNewContextOptions { TimezoneId = zone, Locale = "en-GB" });
        await using RunningServer server = await RunningServer.StartAsync();
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(server.Address.ToString());
        string version = (await page.Locator("link[rel=stylesheet]").GetAttributeAsync("href"))!.Split('/')[1];
        string[] ticks = await page.EvaluateAsync<string[]>(
            """
            async ([version, from, to, most]) => (await import(`./web/${version}/screens.js`)).$ticks.timeTicks(Date.parse(from) / 1000, Date.parse(to) / 1000, Number(most), (await import(`./web/${version}/app.js`)).$format.shownClock())
              .map(tick => `${new Date(tick.t * 1000).toISOString().slice(11, 16)} is ${tick.text.replace('\n', '/')}`)
            """,
            new[] { version, from, to, most.ToString(CultureInfo.InvariantCulture) });
        Assert.Equal(labels, string.Join("; ", ticks));
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

    /// <summary>Where the series is drawn in the picture, in percent of its width and of its height.</summary>
    private static async Task<(int[] Across, int[] Down)> InkAsync(Visit visit)
    {
        int[][] drawn = await visit.Page.EvaluateAsync<int[][]>(
            """
            async () => {
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
              const canvas = document.querySelector('.chart canvas'), scale = canvas.width / canvas.clientWidth;
              const probe = document.querySelector('.chart i');
              probe.style.color = 'var(--series1)';
              const ink = getComputedStyle(probe).color.match(/\d+/g).map(Number);
              const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height - 40 * scale);
              const columns = new Set(), rows = new Set();
              for (let at = 0; at < width * height; at++) {
                if (data[4 * at + 3] > 60 && ink.every((part, i) => Math.abs(part - data[4 * at + i]) < 40)) {
                  columns.add(Math.round(100 * (at % width) / width));
                  rows.add(Math.round(100 * Math.floor(at / width) / height));
                }
              }
              return [columns, rows].map(places => [...places].sort((a, b) => a - b));
            }
            """);
        return (drawn[0], drawn[1]);
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
