using ConnectorDb.Browser.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class TreeTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task A_device_is_made_with_a_key_that_is_shown_once_then_a_stream_and_both_are_deleted_by_name()
    {
        await using Visit visit = await BeginAsync();
        await visit.GoAsync("/me");
        await visit.Button("New device").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("garden");
        await visit.Button("Create the device").ClickAsync();
        string key = await visit.Page.Locator(".secret").InnerTextAsync();
        await visit.ShotAsync("new-key");
        Assert.Equal(visit.Server.KeyOf("me/garden"), key);
        await visit.Button("Done").ClickAsync();
        await Expect(visit.Page.Locator(".secret")).ToHaveCountAsync(0);
        Assert.DoesNotContain(key, await visit.Page.ContentAsync(), StringComparison.Ordinal);

        await visit.GoAsync("/me/garden");
        await visit.Button("New stream").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("rain");
        await visit.Button("Create the stream").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "rain" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".note")).ToContainTextAsync("Nothing yet");
        await Expect(visit.Page.Locator(".tree a[data-path='me/garden/rain']")).ToBeVisibleAsync();

        await visit.Page.GetByText("Properties").ClickAsync();
        await visit.Page.GetByLabel("Description").FillAsync("Millimetres");
        await visit.Button("Save").ClickAsync();
        await Expect(visit.Page.Locator(".head")).ToContainTextAsync("Millimetres");

        await visit.Page.GetByText("Properties").ClickAsync();
        await visit.Button("Delete this stream…").ClickAsync();
        await Expect(visit.Button("Delete")).ToBeDisabledAsync();
        await visit.Page.GetByLabel("Type rain to delete it").FillAsync("rain");
        await visit.Button("Delete").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "garden" })).ToBeVisibleAsync();
        Assert.False(await visit.Owner.ExistsAsync(CdbPath.Parse("me/garden/rain"), CancellationToken.None));
        visit.AssertNoErrors();
    }

    [SkippableTheory]
    [InlineData(Look.DesktopLight)]
    [InlineData(Look.PhoneDark)]
    public async Task Inputs_requests_and_other_devices_are_seen_beside_a_device_with_hundreds_of_streams(Look look)
    {
        await using Visit visit = await OpenAsync(chromium, look);
        await visit.Server.AddHouseAsync();
        await visit.Owner.CreateDeviceAsync(CdbPath.Parse("me/buses"), new DeviceDefinition { Streams = Enumerable.Range(0, 230).ToDictionary(i => $"bus{i:000}", _ => new StreamDefinition()) }, CancellationToken.None);
        await visit.SignInByLinkAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "How was the day?" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "lamp" })).ToBeVisibleAsync();
        ILocator buses = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "buses" });
        await Expect(buses.Locator("li")).ToHaveCountAsync(20);
        await Expect(visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "weather" })).ToContainTextAsync("temperature");
        await visit.ShotAsync($"many-streams-{look}");

        // The tree has the first of them too, and the others on demand.
        ILocator inTree = visit.Page.Locator(".tree a[data-path^='me/buses/']");
        await Expect(inTree).ToHaveCountAsync(25);
        if (look.IsPhone())
        {
            await visit.Button("Streams").ClickAsync();
        }

        await visit.Button("More…").ClickAsync();
        await Expect(inTree).ToHaveCountAsync(125);
        if (look.IsPhone())
        {
            await visit.Button("Streams").ClickAsync();
        }

        await buses.GetByText("More streams of me/buses").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "buses", Exact = true })).ToBeVisibleAsync();

        // So has the page of the device. The keyboard goes on where the button was.
        ILocator main = visit.Page.GetByRole(AriaRole.Main);
        await Expect(main.Locator("li")).ToHaveCountAsync(100);
        await main.GetByText("More…").PressAsync("Enter");
        await Expect(main.Locator("li")).ToHaveCountAsync(200);
        await Expect(main.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "bus100" })).ToBeFocusedAsync();
        await main.GetByText("More…").ClickAsync();
        await Expect(main.Locator("li")).ToHaveCountAsync(230);
        await Expect(main.GetByText("More…")).ToHaveCountAsync(0);
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task The_newest_values_of_very_many_streams_do_not_wait_for_those_with_downlinks()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.Owner.CreateDeviceAsync(CdbPath.Parse("me/buses"), new DeviceDefinition { Streams = Enumerable.Range(0, 230).ToDictionary(i => $"bus{i:000}", _ => new StreamDefinition()) }, CancellationToken.None);
        TaskCompletionSource found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isBusy = true;
        await visit.Page.RouteAsync("**/crud/me?q=streams&*downlink=true*", async route =>
        {
            await found.Task;
            await (isBusy ? route.FulfillAsync(new RouteFulfillOptions { Status = 503, ContentType = "application/json", Body = """{"code":503,"msg":"Too many searches."}""" }) : route.ContinueAsync());
        });
        await visit.SignInByLinkAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "weather" })).ToContainTextAsync("temperature");
        ILocator main = visit.Page.GetByRole(AriaRole.Main), lamp = main.GetByRole(AriaRole.Group, new LocatorGetByRoleOptions { Name = "lamp" });
        await Expect(lamp).ToHaveCountAsync(0);
        found.SetResult();
        await Expect(main.GetByRole(AriaRole.Alert).GetByText("Too many searches.")).ToBeVisibleAsync();
        isBusy = false;
        await main.GetByText("Again").ClickAsync();
        await Expect(lamp).ToBeVisibleAsync();
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task All_devices_of_a_user_and_all_users_are_reached()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Owner.CreateUserAsync(CdbPath.ForUser("fleet"), new UserDefinition { Devices = Enumerable.Range(0, 210).ToDictionary(i => $"car{i:000}", _ => new DeviceDefinition()) }, CancellationToken.None);
        foreach (int i in Enumerable.Range(0, 110))
        {
            await visit.Owner.CreateUserAsync(CdbPath.ForUser($"guest{i:000}"), new UserDefinition(), CancellationToken.None);
        }

        await visit.SignInByLinkAsync();
        await visit.GoAsync("/fleet");
        ILocator main = visit.Page.GetByRole(AriaRole.Main), tree = visit.Page.Locator(".tree");
        await Expect(main.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "car209" })).ToHaveCountAsync(0);
        await main.GetByText("More…").ClickAsync();
        await Expect(main.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "car209" })).ToHaveCountAsync(1);

        // The owner comes first in the tree, also where it is not among the first users.
        await Expect(tree.GetByText("me / user")).ToBeVisibleAsync();
        await tree.GetByText("More…").ClickAsync();
        await Expect(tree.GetByText("guest109", new LocatorGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task The_menu_does_not_stay_over_another_place()
    {
        await using Visit visit = await BeginAsync();
        ILocator menu = visit.Page.Locator(".menu");
        await menu.Locator("summary").ClickAsync();
        await Expect(menu).ToHaveAttributeAsync("open", "");
        await visit.GoAsync("/me");
        await Expect(menu).Not.ToHaveAttributeAsync("open", "");
    }

    [SkippableFact]
    public async Task A_user_is_made_changed_and_deleted()
    {
        await using Visit visit = await BeginAsync();
        await visit.GoAsync("/me");
        await visit.Button("New user").ClickAsync();
        ILocator dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("ann");
        await dialog.GetByLabel("E-mail").FillAsync("ann@example.com");
        await dialog.GetByLabel("Password").FillAsync("seven green bottles");
        await visit.Button("Create the user").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "ann" })).ToBeVisibleAsync();

        await visit.Page.GetByText("Properties").ClickAsync();
        await visit.Page.GetByLabel("Name to show").FillAsync("Ann of the garden");
        await visit.Page.GetByLabel("Role").SelectOptionAsync("admin");
        await visit.Button("Save").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Ann of the garden" })).ToBeVisibleAsync();
        CdbUser ann = await visit.Owner.GetUserAsync(CdbPath.ForUser("ann"), CancellationToken.None);
        Assert.Equal(("Ann of the garden", "admin", "ann@example.com"), (ann.Nickname, ann.Role, ann.Email));
        await visit.ShotAsync("user");

        await visit.Button("Delete this user…").ClickAsync();
        await visit.Page.GetByLabel("Type ann to delete it").FillAsync("ann");
        await visit.Button("Delete").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Now" })).ToBeVisibleAsync();
        Assert.False(await visit.Owner.ExistsAsync(CdbPath.ForUser("ann"), CancellationToken.None));
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_new_key_replaces_the_old_one_and_is_shown_once()
    {
        await using Visit visit = await BeginAsync();
        await visit.Server.AddHouseAsync();
        string old = visit.Server.KeyOf("me/weather");
        await visit.GoAsync("/me/weather");
        await visit.Button("New key…").ClickAsync();
        await visit.Button("Make a new key").ClickAsync();
        string key = await visit.Page.Locator(".secret").InnerTextAsync();
        Assert.NotEqual(old, key);
        Assert.Equal(visit.Server.KeyOf("me/weather"), key);
        await visit.Button("Done").ClickAsync();
        await visit.Page.ReloadAsync();
        await Expect(visit.Button("New key…")).ToBeVisibleAsync();
        Assert.DoesNotContain(key, await visit.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(Look.DesktopLight)]
    [InlineData(Look.PhoneLight)]
    public async Task Other_sessions_are_ended_from_the_account(Look look)
    {
        await using Visit visit = await Visit.BeginAsync(chromium, look);
        using (HttpClient http = visit.Server.Http())
        {
            (await http.PostAsync("login", null)).EnsureSuccessStatusCode();
        }

        await visit.GoAsync("account");
        await Expect(visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Sessions" }).Locator("tbody tr")).ToHaveCountAsync(2);
        ILocator end = visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End the session of" });
        LocatorBoundingBoxResult box = (await end.BoundingBoxAsync())!;
        Assert.InRange(box.X + box.Width, 0, visit.Page.ViewportSize!.Width);
        await end.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Sessions" }).Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Single(await visit.Owner.ListSessionsAsync(null, CancellationToken.None).ToListAsync());
    }

    [SkippableTheory]
    [InlineData(Look.DesktopLight)]
    [InlineData(Look.PhoneLight)]
    public async Task A_stream_is_found_by_a_part_of_its_name(Look look)
    {
        await using Visit visit = await Visit.BeginAsync(chromium, look);
        await visit.Server.AddHouseAsync();
        await visit.Page.GetByLabel("Find a stream").ClickAsync();
        await visit.Page.Keyboard.TypeAsync("TEMP");
        await Expect(visit.Page.Locator(".tree .list:visible a")).ToHaveCountAsync(1);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "temperature" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Enter_goes_to_what_the_typed_text_finds_although_the_answer_is_late()
    {
        await using Visit visit = await BeginAsync();
        await visit.Server.AddHouseAsync();
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("o");
        await Expect(visit.Page.Locator(".tree .list:visible a")).Not.ToHaveCountAsync(0);
        await visit.Page.Keyboard.PressAsync("Backspace");
        await visit.Page.Keyboard.TypeAsync("temp");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "temperature" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_tree_that_the_server_refuses_says_so_and_can_be_asked_for_again()
    {
        await using Visit visit = await Visit.OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        bool isBusy = true;

        // Neither the streams of all devices nor those of this one.
        await visit.Page.RouteAsync(new System.Text.RegularExpressions.Regex("/crud/me([?]q=streams|/lights[?]q=ls)"), route => isBusy
            ? route.FulfillAsync(new RouteFulfillOptions { Status = 429, ContentType = "application/json", Body = """{"code":429,"msg":"Too much."}""" })
            : route.ContinueAsync());
        await visit.SignInByLinkAsync();
        await Expect(visit.Page.Locator(".tree").GetByRole(AriaRole.Alert)).ToContainTextAsync("Too much.");
        isBusy = false;
        await visit.Page.Locator(".tree").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Again" }).ClickAsync();
        await Expect(visit.Page.Locator($".tree a[data-path='{Samples.Lamp}']")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task What_the_viewer_opened_and_closed_in_the_tree_stays_so_after_a_change()
    {
        await using Visit visit = await Visit.OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.Page.Locator(".tree details[data-path='me/lights'] > summary").ClickAsync();
        await visit.Page.Locator(".tree details[data-path='me/meta'] > summary").ClickAsync();
        await visit.Button("+ Stream").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("rain");
        await visit.Button("Create the stream").ClickAsync();
        await Expect(visit.Page.Locator(".tree a[data-path='me/user/rain']")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".tree details[data-path='me/lights']")).Not.ToHaveAttributeAsync("open", "");
        await Expect(visit.Page.Locator(".tree details[data-path='me/meta']")).ToHaveAttributeAsync("open", "");
    }

    [SkippableFact]
    public async Task A_device_without_rights_sees_its_own_streams_and_no_button_that_it_may_not_use()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await SignInByKeyAsync(visit, "me/weather");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Now" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator($".tree a[data-path='{Samples.Temperature}'] .last")).ToContainTextAsync("°C");
        await visit.Page.Locator(".menu > summary").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Your device" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "weather" })).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Page.Locator("a[href='#/me']").CountAsync());
        await visit.GoAsync($"/{Samples.Lamp}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Not there, or not yours" })).ToBeVisibleAsync();
        await visit.ShotAsync("no-right");
        Assert.Equal(0, await visit.Page.GetByText("Delete").CountAsync());
    }

    [SkippableFact]
    public async Task A_device_without_rights_sees_the_first_of_its_hundreds_of_streams()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Owner.CreateDeviceAsync(CdbPath.Parse("me/buses"), new DeviceDefinition { Streams = Enumerable.Range(0, 230).ToDictionary(i => $"bus{i:000}", _ => new StreamDefinition()) }, CancellationToken.None);
        await SignInByKeyAsync(visit, "me/buses");
        ILocator buses = visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "buses" });
        await Expect(buses.Locator("li")).ToHaveCountAsync(20);
        await Expect(buses.GetByText("More streams of me/buses")).ToBeVisibleAsync();
    }

    [SkippableTheory]
    [InlineData("me", 0)]
    [InlineData("bob", 1)]
    public async Task A_public_stream_of_another_user_is_found_and_leads_to_the_user_unless_that_is_an_administrator(string user, int links)
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Owner.CreateUserAsync(CdbPath.ForUser("ann"), new UserDefinition { Public = false }, CancellationToken.None);
        await visit.Owner.CreateUserAsync(CdbPath.ForUser("bob"), new UserDefinition { Public = true }, CancellationToken.None);
        await visit.Owner.CreateDeviceAsync(CdbPath.ForDevice(user, "harbour"), new DeviceDefinition { Public = true, Streams = new Dictionary<string, StreamDefinition> { ["tide"] = new() } }, CancellationToken.None);
        await visit.Server.AppendAsync($"{user}/harbour/tide", (Samples.Now, DataValue.From(4.5)));
        await SignInByKeyAsync(visit, "ann/user");
        await Expect(visit.Page.Locator(".dot.live")).ToHaveCountAsync(1);
        await visit.Page.GetByLabel("Find a stream").FillAsync("tide");
        Task<IResponse> asked = visit.Page.WaitForResponseAsync($"**/crud/{user}");
        await visit.Page.Locator($".tree a[data-path='{user}/harbour/tide']").ClickAsync();
        await Expect(visit.Page.Locator(".head .big")).ToHaveTextAsync("4.5");
        await asked;
        ILocator head = visit.Page.Locator(".head");
        await Expect(head.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = user, Exact = true })).ToHaveCountAsync(links);
        await Expect(head).ToContainTextAsync($"{user} / harbour / tide");
        await Expect(visit.Page.GetByText("Properties")).ToHaveCountAsync(0);
        visit.AssertNoErrors();
    }

    private static async Task SignInByKeyAsync(Visit visit, string device)
    {
        await visit.Page.GotoAsync(visit.Server.Address.ToString());
        await visit.Page.GetByText("Sign in with an API key").ClickAsync();
        await visit.Page.GetByLabel("API key of a device").FillAsync(visit.Server.KeyOf(device));
        await visit.Button("Sign in").ClickAsync();
    }

    [SkippableFact]
    public async Task An_empty_store_says_how_to_begin()
    {
        await using Visit visit = await BeginAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Let's gather data" })).ToBeVisibleAsync();
        await visit.ShotAsync("empty");
        await visit.Button("Add a rating").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("mood");
        await visit.Button("Create the stream").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "mood: 10 of 10" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task The_first_value_of_an_empty_stream_appears_in_every_list_also_when_it_comes_late()
    {
        await using Visit visit = await Visit.OpenAsync(chromium);
        await visit.Server.AddStreamAsync("me/pi/empty", new StreamDefinition());
        await visit.Server.AddStreamAsync("me/pi/slow", new StreamDefinition());
        await visit.Server.AppendAsync("me/pi/slow", (Samples.Now, DataValue.From(4.5)));

        // The values of one stream take long on their way.
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteWebSocketAsync(new System.Text.RegularExpressions.Regex("websocket"), socket =>
        {
            IWebSocketRoute server = socket.ConnectToServer();
            server.OnMessage(async message =>
            {
                if (message.Text!.Contains("\"data\"", StringComparison.Ordinal) && message.Text.Contains("me/pi/slow", StringComparison.Ordinal))
                {
                    await release.Task;
                }

                socket.Send(message.Text);
            });
        });
        await visit.SignInByLinkAsync();
        ILocator empty = visit.Page.Locator("main .streams li", new PageLocatorOptions { HasText = "empty" }), slow = visit.Page.Locator("main .streams li", new PageLocatorOptions { HasText = "slow" });
        await Expect(empty.Locator(".last")).ToHaveTextAsync("–");
        await Expect(empty.Locator(".age")).ToHaveTextAsync("no datapoints");
        await Expect(slow.Locator(".last")).ToHaveTextAsync("–");
        await visit.Server.AppendAsync("me/pi/empty", (Samples.Now, DataValue.From(3.25)));
        release.SetResult();
        foreach ((ILocator entry, string path, string value) in new[] { (empty, "me/pi/empty", "3.25"), (slow, "me/pi/slow", "4.5") })
        {
            await Expect(entry.Locator(".last")).ToHaveTextAsync(value);
            await Expect(entry.Locator(".age")).Not.ToHaveTextAsync("no datapoints");
            await Expect(visit.Page.Locator($".tree a[data-path='{path}'] .last")).ToHaveTextAsync(value);
        }
    }

    private Task<Visit> BeginAsync() => Visit.BeginAsync(chromium);
}
