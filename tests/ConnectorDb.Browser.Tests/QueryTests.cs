using System.Text.RegularExpressions;
using ConnectorDb.Browser.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class QueryTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task A_dataset_is_a_chart_a_table_and_a_file()
    {
        await using Visit visit = await AtAsync($"query?s={Samples.Temperature}");
        await visit.Button("Make the table").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "168 rows" })).ToBeVisibleAsync();
        await visit.PaintedAsync();
        await visit.ShotAsync("dataset");
        IDownload file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("CSV").ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Equal("time,temperature", lines[0]);
        Assert.Equal(169, lines.Length);
        IDownload picture = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Picture").ClickAsync());
        Assert.Equal("dataset.png", picture.SuggestedFilename);
        await picture.SaveAsAsync(Visit.PathOf("dataset-picture"));
        Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(await picture.PathAsync()))[1..4]);
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_phone_shows_the_result_and_not_the_forms_above_it()
    {
        await using Visit visit = await AtAsync($"query?s={Samples.Temperature}", Look.PhoneLight);
        await visit.Button("Make the table").ClickAsync();
        await visit.PaintedAsync();
        await Expect(visit.Page.Locator(".chart")).ToBeInViewportAsync();
        await visit.ShotAsync("dataset-phone");
    }

    [SkippableFact]
    public async Task A_script_runs_and_its_code_can_be_taken_to_the_prompt()
    {
        await using Visit visit = await AtAsync($"query?s={Samples.Temperature}");
        await visit.Page.GetByLabel("Script").FillAsync("if $ > 40");
        await visit.Button("Run").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "45", Exact = true })).ToBeVisibleAsync();
        await visit.Page.GetByText("As code").ClickAsync();
        await Expect(visit.Page.GetByLabel("PowerShell", new PageGetByLabelOptions { Exact = true })).ToContainTextAsync("-Transform 'if $ > 40'");
        await visit.Page.GetByLabel("Script").FillAsync("if $ >");
        await visit.Button("Run").ClickAsync();
        await Expect(visit.Page.Locator(".result .failed")).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Script").FillAsync("if $ > 10\n| meen");
        await visit.Button("Run").ClickAsync();
        await Expect(visit.Page.Locator(".form .script mark")).ToHaveTextAsync("meen");
        await Expect(visit.Page.Locator(".result .failed")).ToContainTextAsync("meen");
        await Expect(visit.Page.GetByLabel("PowerShell", new PageGetByLabelOptions { Exact = true })).ToContainTextAsync("| meen'");
        await visit.ShotAsync("script-error");
        await visit.Page.GetByLabel("Script").FillAsync("if $ > 10\n| mean");
        await Expect(visit.Page.Locator(".form .script mark")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Booleans_and_texts_are_bars_also_when_compared_and_in_a_dataset()
    {
        await using Visit visit = await AtAsync($"compare?s={Samples.Lamp}&s={Samples.Door}");
        await visit.PaintedAsync();
        LocatorBoundingBoxResult chart = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(chart.X + (chart.Width * 0.95f), chart.Y + 60);
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("lamp off · state locked");

        // The lamp has been off since before this range.
        await visit.Page.Locator(".chart").FocusAsync();
        for (int i = 0; i < 5; i++)
        {
            await visit.Page.Mouse.WheelAsync(0, -400);
        }

        await visit.ShotAsync("compare-states");
        await visit.Server.AddStreamAsync("me/odd/objects", new StreamDefinition());
        await visit.Server.AppendAsync("me/odd/objects", (Samples.Now, DataValue.Parse("""{"x":1}""")));
        await visit.GoAsync($"compare?s={Samples.Lamp}&s=me/odd/objects");
        await Expect(visit.Page.GetByText("me/odd/objects: these values are neither numbers nor states.")).ToBeVisibleAsync();
        await visit.GoAsync($"query?s={Samples.Door}");
        await visit.Page.GetByLabel("Interpolator").SelectOptionAsync("before");
        await visit.Button("Make the table").ClickAsync();
        await visit.PaintedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "locked" }).First).ToBeAttachedAsync();
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task Streams_are_compared_above_one_axis()
    {
        await using Visit visit = await AtAsync($"compare?s={Samples.Temperature}");
        await visit.Page.GetByLabel("Add a stream").FillAsync(Samples.Mood);
        await visit.Button("Add").ClickAsync();
        await Expect(visit.Page.Locator(".chips li")).ToHaveCountAsync(2);
        await visit.PaintedAsync();
        await visit.Page.Locator(".chart").HoverAsync();
        await Expect(visit.Page.Locator(".readout")).ToHaveTextAsync(new Regex(@"temperature [\d.]+ °C · mood \d$"));
        IDownload file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Picture").ClickAsync());
        await file.SaveAsAsync(Visit.PathOf("compare-picture"));
        Assert.Equal("compare.png", file.SuggestedFilename);
        await visit.ShotAsync("compare");
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_comparison_follows_datapoints_that_arrive()
    {
        await using Visit visit = await AtAsync($"compare?s={Samples.Mood}&s={Samples.Lamp}&s=me/user/anything");
        await visit.PaintedAsync();
        LocatorBoundingBoxResult chart = (await visit.Page.Locator(".chart").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(chart.X + chart.Width - 38, chart.Y + 60);
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("mood 7 · lamp off · anything –");

        double now = Samples.Now;
        await visit.Server.AppendAsync(Samples.Mood, (now, DataValue.From(9.0)));
        await visit.Server.AppendAsync(Samples.Lamp, (now, DataValue.From(true)));
        await visit.Server.AppendAsync("me/user/anything", (now, DataValue.From("rain")));
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("mood 9 · lamp on · anything rain");

        // A view of older times stays where it is.
        await visit.Page.Locator(".chart").PressAsync("+");
        await visit.Page.Locator(".chart").PressAsync("ArrowLeft");
        await Expect(visit.Button("Now")).ToBeVisibleAsync();
        await visit.Server.AppendAsync(Samples.Mood, (Samples.Now, DataValue.From(2.0)));
        await visit.Button("Now").ClickAsync();
        await visit.Page.Mouse.MoveAsync(chart.X + chart.Width - 38, chart.Y + 60);
        await Expect(visit.Page.Locator(".readout")).ToContainTextAsync("mood 2");
        await visit.ShotAsync("compare-live");
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_server_without_a_poller_says_so()
    {
        await using Visit visit = await AtAsync("items");
        await Expect(visit.Page.GetByText("This server does not poll.")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Poll_items_are_listed_added_and_deleted()
    {
        using TempFolder folder = new();
        await File.WriteAllTextAsync(folder["poll.json"], """{"items": [{"name": "here", "key": "system.uptime", "interval": 3600}]}""");
        await using Visit visit = await Visit.BeginAsync(chromium, settings: $"--login-delay 0 --poll {folder["poll.json"]} --poll-logger {folder["poll.log"]}");
        await visit.GoAsync("items");
        await Expect(visit.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "here", Exact = true })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Logger" })).ToContainTextAsync("poll.log");
        await visit.ShotAsync("poller");
        await visit.Button("Delete here…").ClickAsync();
        await visit.Page.GetByLabel("Type here to delete it").FillAsync("here");
        await visit.Button("Delete").ClickAsync();
        await Expect(visit.Page.GetByText("No items yet.")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task An_item_that_is_added_while_the_list_is_read_again_is_saved_and_listed()
    {
        using TempFolder folder = new();
        await File.WriteAllTextAsync(folder["poll.json"], """{"items": []}""");
        await using Visit visit = await Visit.BeginAsync(chromium, settings: $"--login-delay 0 --poll {folder["poll.json"]} --poll-logger {folder["poll.log"]}");
        await visit.ShownAsync();
        await visit.Page.Clock.InstallAsync();
        await visit.GoAsync("items");
        await visit.Page.GetByText("Add an item").ClickAsync();
        await visit.Page.GetByLabel("Name").FillAsync("up");
        await visit.Page.GetByLabel("Sampler").FillAsync("system.uptime");
        bool isHeld = true;
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync("**/items/", async route =>
        {
            if (isHeld && route.Request.Method == "GET")
            {
                held.TrySetResult();
                return;
            }

            await route.ContinueAsync();
        });
        await visit.Button("Add").ClickAsync();
        await held.Task;
        isHeld = false;
        await visit.Page.Clock.RunForAsync(6_000);
        await Expect(visit.Page.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = "up", Exact = true })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("form .status.done")).ToHaveTextAsync("Saved.");
    }

    private async Task<Visit> AtAsync(string place, Look look = Look.DesktopLight)
    {
        Visit visit = await OpenAsync(chromium, look);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync(place);
        return visit;
    }
}
