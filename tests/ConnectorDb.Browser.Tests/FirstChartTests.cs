using System.Text.RegularExpressions;
using ConnectorDb.Browser.Tests.Support;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

/// <summary>The chart with which the page of a stream opens.</summary>
public sealed class FirstChartTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableTheory]
    [InlineData(60, "1 d")]
    [InlineData(86400 - 3600, "30 d")]
    [InlineData(20 * 86400, "1 y")]
    [InlineData(300 * 86400, "All")]
    public async Task The_first_range_has_several_datapoints(int pause, string range)
    {
        await using Visit visit = await OpenAsync(chromium);
        double now = Samples.Now;
        await visit.Server.AddStreamAsync("me/odd/seldom", new StreamDefinition());
        await visit.Server.AppendAsync("me/odd/seldom", Enumerable.Range(0, 20).Select(i => (now - 60 - ((19.0 - i) * pause), DataValue.From(i % 7.0))));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/seldom");
        await visit.PaintedAsync();
        await Expect(visit.Button(range)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(visit.Page.Locator(".told")).ToHaveTextAsync(new Regex(@"^(1\d|20) datapoints"));
    }

    [SkippableFact]
    public async Task A_stream_without_datapoints_has_a_chart_from_its_first_one_on()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddStreamAsync("me/odd/new", new StreamDefinition());
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/new");
        await Expect(visit.Page.Locator(".note")).ToContainTextAsync("Nothing yet");
        await Expect(visit.Page.Locator(".chart")).ToBeHiddenAsync();
        await visit.Server.AppendAsync("me/odd/new", (Samples.Now, DataValue.From(7.0)));
        await Expect(visit.Page.Locator(".chart")).ToBeVisibleAsync();
        await visit.PaintedAsync();
        await Expect(visit.Page.Locator(".head .big")).ToHaveTextAsync("7");
    }

    [SkippableFact]
    public async Task A_range_is_kept_as_CSV_with_readable_times_and_without_formulas()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddStreamAsync("me/odd/csv", new StreamDefinition());
        double t = Math.Floor(Samples.Now) - 100;
        await visit.Server.AppendAsync("me/odd/csv", (t - 1e6, DataValue.From(0.0)), (t, DataValue.From(1.5)), (t + 0.25, DataValue.From("=1+1")), (t + 1, DataValue.From("a, \"b\"")), (t + 2, DataValue.Null));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/csv?range=1 d");
        await visit.PaintedAsync();
        Microsoft.Playwright.IDownload file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("CSV of the range").ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await file.PathAsync());
        string[] times = [.. new[] { t, t + 0.25, t + 1, t + 2 }.Select(time => UnixTime.ToDateTimeOffset(time).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(["time,value", $"{times[0]},1.5", $"{times[1]},'=1+1", $"{times[2]},\"a, \"\"b\"\"\"", $"{times[3]},"], lines);
    }

    [SkippableFact]
    public async Task Null_is_a_state()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddStreamAsync("me/odd/nothing", new StreamDefinition());
        await visit.Server.AppendAsync("me/odd/nothing", (Samples.Now - 3600, DataValue.From("on")), (Samples.Now - 60, DataValue.Null));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/nothing");
        await visit.PaintedAsync();
        await Expect(visit.Page.Locator(".note")).ToBeEmptyAsync();
        await Expect(visit.Page.Locator(".chart")).ToBeVisibleAsync();
    }

    [SkippableTheory]
    [InlineData(Look.PhoneLight)]
    [InlineData(Look.DesktopDark)]
    public async Task A_long_description_is_one_line_until_it_is_opened(Look look)
    {
        await using Visit visit = await OpenAsync(chromium, look);
        string text = string.Concat(Enumerable.Repeat("The sensor hangs at the north wall. ", 25));
        await visit.Server.AddStreamAsync("me/odd/long", new StreamDefinition { Description = text });
        await visit.Server.AppendAsync("me/odd/long", (Samples.Now - 60, DataValue.From(1.5)), (Samples.Now, DataValue.From(2.5)));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/long");
        await visit.PaintedAsync();
        float cut = await HeightAsync();
        await visit.ShotAsync($"description-{look}");
        Assert.InRange((await visit.Page.Locator(".head summary").BoundingBoxAsync())!.Width, 100, visit.Page.ViewportSize!.Width);
        await visit.Page.Locator(".head summary").ClickAsync();
        Assert.True(cut < 100, $"The description is {cut} pixels high.");
        Assert.True(await HeightAsync() > cut);
        await visit.Page.Locator(".head summary").ClickAsync();
        Assert.Equal(cut, await HeightAsync());

        async Task<float> HeightAsync() => (await visit.Page.Locator(".head summary").BoundingBoxAsync())!.Height;
    }

    [SkippableFact]
    public async Task A_number_in_objects_is_drawn_by_a_click()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddStreamAsync("me/odd/pressure", new StreamDefinition());
        await visit.Server.AppendAsync("me/odd/pressure", (Samples.Now - 20, DataValue.Parse("""{"high":124,"arm":"left"}""")), (Samples.Now - 10, DataValue.Parse("""{"high":118,"arm":"right"}""")));
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/odd/pressure");
        await visit.Button("Draw high").ClickAsync();
        await visit.PaintedAsync();
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("124");
        await Expect(visit.Button("Draw high")).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByLabel("PipeScript")).ToHaveValueAsync("$[\"high\"]");
        visit.AssertNoErrors();
    }
}
