using ConnectorDb.Browser.Tests.Support;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class StateTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task Without_the_network_the_page_says_that_it_is_older_and_goes_on_afterwards()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync($"/{Samples.Temperature}");
        await visit.PaintedAsync();
        await visit.Context.SetOfflineAsync(true);
        await Expect(visit.Page.Locator(".banner").First).ToHaveTextAsync("The server cannot be reached. What is shown is older. Trying again…");
        await Expect(visit.Page.Locator(".connection")).ToContainTextAsync("offline");
        await visit.ShotAsync("offline");
        await visit.Server.AppendAsync(Samples.Temperature, (Samples.Now, DataValue.From(-7.5)), (Samples.Now, DataValue.From(-8.5)));
        await visit.Context.SetOfflineAsync(false);
        await Expect(visit.Page.Locator(".dot.live")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator(".big")).ToContainTextAsync("-8.5");
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("-8.5");
    }

    [SkippableFact]
    public async Task After_the_server_was_restarted_the_session_goes_on_with_what_was_stored_meanwhile()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync($"/{Samples.Temperature}");
        await visit.PaintedAsync();
        await visit.Server.StopAsync();
        await Expect(visit.Page.Locator(".connection")).ToContainTextAsync("offline");
        await visit.Server.AppendAsync(Samples.Temperature, (Samples.Now, DataValue.From(-7.5)));
        await using RunningServer second = await RunningServer.StartAsync($"--login-delay 0 --url {visit.Server.Address} --store {visit.Server.StorePath} --key-folder {visit.Server.KeyFolder}");
        await Expect(visit.Page.Locator(".dot.live")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator(".big")).ToContainTextAsync("-7.5");
        await second.AppendAsync(Samples.Temperature, (Samples.Now, DataValue.From(-8.5)));
        await Expect(visit.Page.Locator(".big")).ToContainTextAsync("-8.5");
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("-8.5");
        Assert.Equal(0, await visit.Page.Locator("dialog").CountAsync());
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task What_was_opened_while_the_server_was_away_appears_when_it_is_back()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync($"/{Samples.Temperature}");
        await visit.PaintedAsync();
        await visit.GoAsync("keys");
        await visit.Server.StopAsync();
        await visit.GoAsync("/");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "No connection" })).ToBeVisibleAsync();
        await visit.Server.AppendAsync(Samples.Temperature, (Samples.Now, DataValue.From(-7.5)));
        await using RunningServer second = await RunningServer.StartAsync($"--login-delay 0 --url {visit.Server.Address} --store {visit.Server.StorePath} --key-folder {visit.Server.KeyFolder}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Now" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("main .streams li", new PageLocatorOptions { HasText = "temperature" }).Locator(".last")).ToHaveTextAsync("-7.5 °C");
        await Expect(visit.Page.Locator(".banner").First).ToBeHiddenAsync();
    }

    [SkippableFact]
    public async Task A_chart_and_a_table_that_could_not_be_read_without_the_network_are_read_when_it_is_back()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync($"/{Samples.Temperature}?range=1 h");
        await visit.PaintedAsync();
        await Expect(visit.Button("Older")).ToBeVisibleAsync();
        await visit.Context.SetOfflineAsync(true);
        await visit.Button("All").ClickAsync();
        await visit.Button("Older").ClickAsync();
        await Expect(visit.Page.Locator(".note")).ToContainTextAsync("The server cannot be reached.");
        await Expect(visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Datapoints" })).ToContainTextAsync("The server cannot be reached.");

        // Nothing was stored meanwhile that would ask for a new reading.
        await visit.Context.SetOfflineAsync(false);
        await Expect(visit.Page.Locator(".told")).ToContainTextAsync("2,589 datapoints");
        await Expect(visit.Page.Locator("main").GetByText("The server cannot be reached.")).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Datapoints" }).Locator("tbody tr")).ToHaveCountAsync(50);
    }

    [SkippableFact]
    public async Task A_server_that_sends_no_live_values_is_told_apart_from_one_that_is_away()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.Page.RouteWebSocketAsync(new System.Text.RegularExpressions.Regex("websocket"), socket => socket.CloseAsync());
        await visit.Page.GotoAsync(visit.NewLink());
        await Expect(visit.Page.Locator(".connection")).ToContainTextAsync("not live");
        await Expect(visit.Page.Locator(".banner").First).ToContainTextAsync("its live values do not arrive");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Now" })).ToBeVisibleAsync();
    }

    /// <summary>The advice of the server is for programs: requests, fields and keys.</summary>
    [SkippableFact]
    public async Task Messages_speak_of_what_a_person_sees()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync("/me/nowhere");
        await Expect(visit.Page.Locator("main .problem p").First).ToHaveTextAsync("There is no device 'me/nowhere', or this login may not see it.");
        await visit.GoAsync("/me");
        await visit.Button("New device").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("a b");
        await visit.Button("Create the device").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog).Locator(".failed")).ToHaveTextAsync("'a b' is not a valid device name: ' ' is not allowed; letters, digits, '_' and '-' are.");
    }

    [SkippableFact]
    public async Task A_hidden_tab_is_not_connected_and_shows_all_when_it_is_seen_again()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Page.WebSocket += (_, socket) => socket.Close += (_, _) => closed.TrySetResult();
        await visit.SignInByLinkAsync();
        await visit.GoAsync($"/{Samples.Temperature}");
        await visit.PaintedAsync();
        await HideAsync(visit, true);
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await visit.Server.AppendAsync(Samples.Temperature, (Samples.Now, DataValue.From(-7.5)), (Samples.Now, DataValue.From(-8.5)));
        await HideAsync(visit, false);
        await Expect(visit.Page.Locator(".big")).ToContainTextAsync("-8.5");
        await Expect(visit.Page.Locator(".figures")).ToContainTextAsync("-8.5");
        visit.AssertNoErrors();

        // A browser without a window cannot hide a tab.
        static Task HideAsync(Visit visit, bool isHidden) => visit.Page.EvaluateAsync(
            "isHidden => { Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);
    }

    [SkippableFact]
    public async Task An_answer_that_refuses_is_told_in_the_words_of_the_server_and_can_be_asked_again()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        int refusal = 0;
        await visit.Page.RouteAsync($"**/crud/{Samples.Temperature}", route => refusal != 0
            ? route.FulfillAsync(new RouteFulfillOptions { Status = refusal, ContentType = "application/json", Body = $$"""{"code":{{refusal}},"msg":"<b>No</b> room ({{refusal}})","ref":"r1"}""" })
            : route.ContinueAsync());
        foreach ((int status, string title) in new[] { (403, "Not allowed"), (404, "Not there, or not yours"), (429, "That did not work"), (507, "That did not work") })
        {
            refusal = status;
            await visit.GoAsync("keys");
            await visit.GoAsync($"/{Samples.Temperature}");
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = title })).ToBeVisibleAsync();
            await Expect(visit.Page.GetByText($"<b>No</b> room ({status})")).ToBeVisibleAsync();
            refusal = 0;
            await visit.Button("Again").ClickAsync();
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "temperature" })).ToBeVisibleAsync();
        }
    }

    [SkippableFact]
    public async Task Charts_that_could_not_be_loaded_are_asked_for_again()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        bool isLost = true;
        await visit.Page.RouteAsync("**/echarts.js", route => isLost ? route.AbortAsync() : route.ContinueAsync());
        await visit.GoAsync($"/{Samples.Temperature}?from=1&to=2");
        await Expect(visit.Page.GetByText("The charts could not be loaded.")).ToBeVisibleAsync();
        isLost = false;
        await visit.Button("Again").ClickAsync();
        await visit.PaintedAsync();
        await Expect(visit.Page.GetByText("The charts could not be loaded.")).ToHaveCountAsync(0);
    }

    [SkippableTheory]
    [InlineData("/%zz")]
    [InlineData("/me/%E0%A4%A")]
    [InlineData("nowhere")]
    public async Task An_address_that_nothing_has_is_told(string place)
    {
        await using Visit visit = await Visit.BeginAsync(chromium);
        await visit.GoAsync(place);
        await Expect(visit.Page.Locator("main .problem")).ToBeVisibleAsync();
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_new_version_of_the_server_asks_for_a_reload()
    {
        await using Visit visit = await Visit.BeginAsync(chromium);
        await visit.Page.RouteAsync("**/crud/me?q=ls*", async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            Dictionary<string, string> headers = new(answer.Headers) { ["x-connectordb-version"] = "99.0.0" };
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Headers = headers });
        });
        await visit.GoAsync("/me");
        await Expect(visit.Button("Load it")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_stream_writes_no_range_into_the_address_while_the_next_place_loads()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync($"/{Samples.Temperature}");
        await visit.PaintedAsync();
        await visit.Page.Clock.InstallAsync();

        // The address is written a moment after the click.
        await visit.Button("All").ClickAsync();
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync("**/crud/me/user?*", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await visit.BeginToGoAsync("/me/user");
        await visit.Page.Clock.RunForAsync(1_000);
        Assert.EndsWith("#/me/user", visit.Page.Url, StringComparison.Ordinal);
        release.SetResult();
        await visit.ShownAsync();
    }

    [SkippableFact]
    public async Task A_place_that_was_left_while_it_loaded_shows_no_progress()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.ShownAsync();
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<IRequest> asked = visit.Page.WaitForRequestAsync($"**/crud/{Samples.Temperature}");
        await visit.Page.RouteAsync($"**/crud/{Samples.Temperature}", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await visit.Page.Clock.InstallAsync();
        await visit.BeginToGoAsync($"/{Samples.Temperature}");
        await asked;
        await visit.BeginToGoAsync("keys");
        await visit.Page.Clock.RunForAsync(1_000);
        await Expect(visit.Page.Locator(".progress")).ToBeHiddenAsync();
        release.SetResult();
    }

    [SkippableFact]
    public async Task An_answer_that_comes_late_changes_neither_the_place_nor_the_address()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.ShownAsync();
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<IResponse> answered = visit.Page.WaitForResponseAsync($"**/crud/{Samples.Temperature}");
        Task<IRequest> asked = visit.Page.WaitForRequestAsync($"**/crud/{Samples.Temperature}");
        await visit.Page.RouteAsync($"**/crud/{Samples.Temperature}", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await visit.BeginToGoAsync($"/{Samples.Temperature}");
        await asked;
        await visit.BeginToGoAsync("keys");
        release.SetResult();
        await answered;

        // Longer than a stream waits before it writes its range into the address.
        await visit.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 300))");
        Assert.EndsWith("#keys", visit.Page.Url, StringComparison.Ordinal);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Keys" })).ToBeVisibleAsync();
        visit.AssertNoErrors();
    }

    /// <summary>Texts of others do not become markup, wherever they stand.</summary>
    [SkippableFact]
    public async Task Names_descriptions_icons_and_values_are_only_text()
    {
        const string Attack = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
        await using Visit visit = await OpenAsync(chromium);
        string svg = "data:image/svg+xml;base64," + Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg' onload='parent.hacked=1'><script>parent.hacked=1</script></svg>"u8);
        await visit.Server.AddStreamAsync("me/evil/text", new StreamDefinition { Nickname = Attack, Description = Attack, Icon = svg, Datatype = Attack, Downlink = true });
        await visit.Server.AddStreamAsync("me/evil/enum", new StreamDefinition { Nickname = Attack, Icon = "javascript:window.hacked=1", Schema = """{"enum":["<img src=x onerror=window.hacked=1>"],"unit":"<script>window.hacked=1</script>"}""", Downlink = true });
        await visit.Owner.UpdateDeviceAsync(CdbPath.Parse("me/evil"), new DeviceDefinition { Nickname = Attack, Description = Attack, Icon = svg }, CancellationToken.None);
        await visit.Owner.UpdateUserAsync(CdbPath.ForUser("me"), new UserDefinition { Nickname = Attack, Description = Attack, Icon = "data:text/html,<script>window.hacked=1</script>" }, CancellationToken.None);
        await visit.Server.AppendAsync("me/evil/text", (Samples.Now - 20, DataValue.From(Attack)), (Samples.Now - 10, DataValue.Parse("""{"<img src=x onerror=window.hacked=1>":"</td><script>window.hacked=1</script>"}""")));
        await visit.SignInByLinkAsync();
        foreach (string place in new[] { "/", "/me", "/me/evil", "/me/evil/text", "/me/evil/enum", "compare?s=me/evil/text&s=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E", "query?s=%3Cscript%3Ewindow.hacked%3D1", "/%3Cimg%20src=x%20onerror=window.hacked=1%3E" })
        {
            await visit.GoAsync(place);
        }

        Assert.False(await visit.Page.EvaluateAsync<bool>("'hacked' in window"));
        Assert.Equal(0, await visit.Page.Locator("main script, main img[src='x']").CountAsync());
        visit.AssertNoErrors();
    }
}
