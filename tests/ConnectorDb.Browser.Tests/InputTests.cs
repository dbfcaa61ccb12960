using ConnectorDb.Browser.Tests.Support;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class InputTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>The rating of ConnectorDB's tutorial: one click on a star, and every subscriber sees it.</summary>
    [SkippableFact]
    public async Task A_click_on_a_star_reaches_a_subscriber()
    {
        await using Visit visit = await AtHomeAsync();
        await using ISubscription subscriber = await visit.Owner.SubscribeAsync(new SubscriptionQuery(CdbPath.Parse(Samples.Mood)), CancellationToken.None);
        Task<Block> received = FirstAsync(subscriber);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "How was the day?: 8 of 10" }).ClickAsync();
        Assert.Equal(DataValue.From(8L), (await received).At(0).GetValue());
        await Expect(Card(visit, "How was the day?").Locator(".status")).ToContainTextAsync("Saved at");
        await Expect(visit.Page.Locator($".tree a[data-path='{Samples.Mood}'] .last")).ToHaveTextAsync("8");
        visit.AssertNoErrors();
    }

    /// <summary>The lamp of ConnectorDB's tutorial: the page asks, the lamp answers.</summary>
    [SkippableFact]
    public async Task A_lamp_is_asked_through_its_downlink_and_the_page_shows_that_it_waits_and_what_it_is()
    {
        await using Visit visit = await AtHomeAsync();
        ICdbClient lamp = visit.Server.As("me/lights");
        CdbPath downlink = CdbPath.Parse($"{Samples.Lamp}/downlink");
        await using ISubscription wishes = await lamp.SubscribeAsync(new SubscriptionQuery(downlink), CancellationToken.None);
        Task<Block> received = FirstAsync(wishes);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "lamp: On" }).ClickAsync();
        Assert.Equal(DataValue.From(true), (await received).At(0).GetValue());
        ILocator wish = Card(visit, "lamp").Locator(".wish");
        await Expect(wish).ToHaveTextAsync("is off · wished on · waiting for the device");
        await visit.ShotAsync("lamp-waits");
        await visit.Server.AppendAsync(Samples.Lamp, (Samples.Now, DataValue.From(true)));
        await Expect(wish).ToHaveTextAsync("is on");
    }

    [SkippableFact]
    public async Task Each_control_sends_the_value_that_it_shows()
    {
        await using Visit visit = await AtHomeAsync();
        await Card(visit, "meal").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "lunch" }).ClickAsync();
        await SavedAsync(visit, "meal", "me/user/meal", DataValue.From("lunch"));

        ILocator weight = Card(visit, "weight");
        await weight.GetByRole(AriaRole.Slider).FillAsync("72");
        await Expect(weight.GetByLabel("weight: number")).ToHaveValueAsync("72");
        await weight.GetByLabel("weight: number").FillAsync("72.5");
        await weight.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send" }).ClickAsync();
        await SavedAsync(visit, "weight", "me/user/weight", DataValue.From(72.5));

        await Card(visit, "diary").GetByRole(AriaRole.Textbox).FillAsync("Sun.\nThen rain.");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await SavedAsync(visit, "diary", Samples.Diary, DataValue.From("Sun.\nThen rain."));

        await visit.Page.GetByText("Enter any value").ClickAsync();
        await Card(visit, "anything").GetByRole(AriaRole.Textbox).FillAsync("{\"x\": [1, null]}");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await SavedAsync(visit, "anything", "me/user/anything", DataValue.Parse("""{"x":[1,null]}"""));
    }

    [SkippableFact]
    public async Task Controls_begin_with_the_newest_value_and_follow_it_until_one_begins_to_enter_another()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.Server.AddStreamAsync("me/user/pulse", new StreamDefinition { Schema = """{"type":"integer","minimum":20}""" });
        await visit.Server.AddStreamAsync("me/user/room", new StreamDefinition { Schema = """{"type":"object","properties":{"name":{"enum":["hall","kitchen"]},"lit":{"type":"boolean"},"level":{"type":"number","minimum":0,"maximum":10}}}""" });
        await visit.Server.AppendAsync("me/user/weight", (Samples.Now, DataValue.From(97.5)));
        await visit.Server.AppendAsync("me/user/pulse", (Samples.Now, DataValue.From(64L)));
        await visit.Server.AppendAsync("me/user/meal", (Samples.Now, DataValue.From("dinner")));
        await visit.Server.AppendAsync("me/user/room", (Samples.Now, DataValue.Parse("""{"name":"kitchen","lit":true,"level":7}""")));
        await visit.SignInByLinkAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "How was the day?: 7 of 10" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Card(visit, "How was the day?").Locator(".star.lit")).ToHaveCountAsync(7);
        await Expect(Card(visit, "meal").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "dinner" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Card(visit, "lamp").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Off" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Card(visit, "weight").GetByRole(AriaRole.Slider)).ToHaveValueAsync("97.5");
        await Expect(Card(visit, "weight").GetByLabel("weight: number")).ToHaveValueAsync("97.5");
        await Expect(Card(visit, "pulse").GetByLabel("pulse")).ToHaveAttributeAsync("placeholder", "newest: 64");
        await Expect(Card(visit, "room").GetByLabel("name")).ToHaveValueAsync("1");
        await Expect(Card(visit, "room").GetByLabel("lit")).ToBeCheckedAsync();
        await Expect(Card(visit, "room").GetByLabel("level", new LocatorGetByLabelOptions { Exact = true })).ToHaveValueAsync("7");

        await visit.Server.AppendAsync("me/user/weight", (Samples.Now, DataValue.From(60.5)));
        await Expect(Card(visit, "weight").GetByLabel("weight: number")).ToHaveValueAsync("60.5");
        await Card(visit, "weight").GetByLabel("weight: number").FillAsync("61.25");
        await visit.Server.AppendAsync("me/user/weight", (Samples.Now, DataValue.From(59.5)));
        await Expect(visit.Page.Locator(".tree a[data-path='me/user/weight'] .last")).ToHaveTextAsync("59.5 kg");
        await Expect(Card(visit, "weight").GetByLabel("weight: number")).ToHaveValueAsync("61.25");
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_rating_can_be_its_least_value()
    {
        await using Visit visit = await AtHomeAsync();
        await visit.Server.AddStreamAsync("me/user/film", new StreamDefinition { Datatype = "rating.stars", Schema = """{"type":"integer","minimum":2,"maximum":5}""" });
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "How was the day?: 0 of 10" }).ClickAsync();
        await SavedAsync(visit, "How was the day?", Samples.Mood, DataValue.From(0L));
        await Expect(Card(visit, "How was the day?").Locator(".star.lit")).ToHaveTextAsync("0");

        // The home screen, which is seen until then, may have a card of the stream too.
        await visit.GoAsync("/me/user/film");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "film: 1 of 5" })).ToBeDisabledAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "film: 0 of 5" })).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "film: 2 of 5" }).ClickAsync();
        await SavedAsync(visit, "film", "me/user/film", DataValue.From(2L));
    }

    [SkippableFact]
    public async Task A_lamp_that_is_already_what_was_wished_is_not_waited_for()
    {
        await using Visit visit = await AtHomeAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "lamp: Off" }).ClickAsync();
        await Expect(Card(visit, "lamp").Locator(".status.done")).ToContainTextAsync("Asked at");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "lamp: On" }).ClickAsync();
        await Expect(Card(visit, "lamp").Locator(".wish")).ToContainTextAsync("waiting for the device");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "lamp: Off" }).ClickAsync();
        await Expect(Card(visit, "lamp").Locator(".wish")).ToHaveTextAsync("is off");
    }

    [SkippableFact]
    public async Task A_time_before_that_of_the_newest_value_is_refused_in_words()
    {
        await using Visit visit = await AtHomeAsync();
        ILocator mood = Card(visit, "How was the day?");
        await mood.GetByText("at another time").ClickAsync();
        await mood.GetByLabel("Time").FillAsync("2020-06-01T13:30:15");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "How was the day?: 3 of 10" }).ClickAsync();
        await Expect(mood.Locator(".status.failed")).ToContainTextAsync("This time is before that of the newest value, ");
        await Expect(mood.Locator(".star.lit")).ToHaveCountAsync(7);
    }

    [SkippableFact]
    public async Task A_switch_a_number_a_text_a_long_list_and_an_object_are_entered_as_their_schemas_say()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddStreamAsync("me/user/fan", new StreamDefinition { Schema = """{"type":"boolean"}""" });
        await visit.Server.AddStreamAsync("me/user/pulse", new StreamDefinition { Schema = """{"type":"integer","minimum":20,"unit":"1/min"}""" });
        await visit.Server.AddStreamAsync("me/user/dose", new StreamDefinition { Schema = """{"type":"number","minimum":5,"maximum":5}""" });
        await visit.Server.AddStreamAsync("me/user/note", new StreamDefinition { Schema = """{"type":"string","maxLength":80}""" });
        await visit.Server.AddStreamAsync("me/user/room", new StreamDefinition { Schema = """{"enum":["hall","kitchen","bath","cellar","attic","garden"]}""" });
        await visit.Server.AddStreamAsync("me/user/pressure", new StreamDefinition { Schema = """{"type":"object","properties":{"high":{"type":"integer"},"low":{"type":"integer"},"lying":{"type":"boolean"},"arm":{"enum":["left","right"]}}}""" });
        await visit.SignInByLinkAsync();

        await Card(visit, "fan").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "fan: On" }).ClickAsync();
        await SavedAsync(visit, "fan", "me/user/fan", DataValue.From(true));
        await Card(visit, "fan").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "fan: Off" }).ClickAsync();
        await Expect(visit.Page.Locator(".tree a[data-path='me/user/fan'] .last")).ToHaveTextAsync("off");

        ILocator pulse = Card(visit, "pulse");
        await Expect(pulse).ToContainTextAsync("20 or more 1/min");
        await pulse.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send" }).ClickAsync();
        await Expect(pulse.Locator(".status.failed")).ToHaveTextAsync("pulse: enter a number.");
        await pulse.GetByLabel("pulse").FillAsync("64");
        await visit.Page.Keyboard.PressAsync("Enter");
        await SavedAsync(visit, "pulse", "me/user/pulse", DataValue.From(64L));
        await Expect(pulse.GetByLabel("pulse")).ToHaveValueAsync("");

        // Bounds without room between them are no slider.
        await Card(visit, "dose").GetByLabel("dose").FillAsync("5");
        await visit.Page.Keyboard.PressAsync("Enter");
        await SavedAsync(visit, "dose", "me/user/dose", DataValue.From(5L));

        await Card(visit, "note").GetByLabel("note").FillAsync("Window \"open\"");
        await visit.Page.Keyboard.PressAsync("Enter");
        await SavedAsync(visit, "note", "me/user/note", DataValue.From("Window \"open\""));

        await Card(visit, "room").GetByLabel("room").SelectOptionAsync("cellar");
        await Card(visit, "room").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send" }).ClickAsync();
        await SavedAsync(visit, "room", "me/user/room", DataValue.From("cellar"));

        ILocator pressure = Card(visit, "pressure");
        await pressure.GetByLabel("high").FillAsync("124");
        await pressure.GetByLabel("low").FillAsync("82");
        await pressure.GetByLabel("lying").CheckAsync();
        await pressure.GetByLabel("arm").SelectOptionAsync("right");
        await pressure.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send" }).ClickAsync();
        await SavedAsync(visit, "pressure", "me/user/pressure", DataValue.Parse("""{"high":124,"low":82,"lying":true,"arm":"right"}"""));
        await visit.ShotAsync("inputs");
        visit.AssertNoErrors();
    }

    [SkippableTheory]
    [InlineData("de-DE", "7,25", 7.25)]
    [InlineData("de-DE", "7.5", 7.5)]
    [InlineData("de-DE", "1.234", null)]
    [InlineData("en-GB", "7,25", 7.25)]
    [InlineData("en-GB", "1.234", 1.234)]
    [InlineData("en-GB", "1,234", null)]
    [InlineData("en-GB", "7x", null)]
    public async Task A_number_has_a_point_or_a_comma_and_no_separators_of_thousands(string locale, string text, double? number)
    {
        await using Visit visit = await OpenAsync(chromium, locale: locale);
        await visit.Server.AddStreamAsync("me/user/level", new StreamDefinition { Schema = """{"type":"number"}""" });
        await visit.SignInByLinkAsync();
        ILocator level = Card(visit, "level");
        await level.GetByLabel("level").PressSequentiallyAsync(text);

        await visit.Page.Keyboard.PressAsync("Enter");

        if (number is { } expected)
        {
            await SavedAsync(visit, "level", "me/user/level", DataValue.From(expected));
        }
        else
        {
            await Expect(level.Locator(".status.failed")).ToHaveTextAsync($"level: '{text}' is not a clear number. Write it without separators of thousands.");
        }
    }

    [SkippableFact]
    public async Task A_value_that_the_schema_refuses_stays_in_its_field_with_the_reason()
    {
        await using Visit visit = await AtHomeAsync();
        ILocator weight = Card(visit, "weight");
        await weight.GetByLabel("weight: number").FillAsync("500");
        await weight.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send" }).ClickAsync();
        await Expect(weight.Locator(".status.failed")).ToContainTextAsync("120");
        await Expect(weight.GetByLabel("weight: number")).ToHaveValueAsync("500");
        await visit.Page.GetByText("Enter any value").ClickAsync();
        await Card(visit, "anything").GetByRole(AriaRole.Textbox).FillAsync("{");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Card(visit, "anything").Locator(".status.failed")).ToContainTextAsync("not JSON");
    }

    [SkippableFact]
    public async Task An_input_can_have_another_time()
    {
        await using Visit visit = await AtHomeAsync();
        ILocator meal = Card(visit, "meal");
        await meal.GetByText("at another time").ClickAsync();
        await meal.GetByLabel("Time").FillAsync("2020-06-01T13:30:15");
        await meal.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "lunch" }).ClickAsync();
        await Expect(meal.Locator(".status.done")).ToBeVisibleAsync();
        Assert.Equal(new DateTimeOffset(2020, 6, 1, 11, 30, 15, TimeSpan.Zero), UnixTime.ToDateTimeOffset((await visit.Owner.LastAsync(CdbPath.Parse("me/user/meal"), CancellationToken.None))!.T));
    }

    [SkippableFact]
    public async Task An_input_that_the_server_cannot_store_now_is_kept_and_sent_once()
    {
        await using Visit visit = await AtHomeAsync();
        int refusal = 0;
        await visit.Page.RouteAsync("**/data", route => refusal != 0 && route.Request.Method == "PUT"
            ? route.FulfillAsync(new RouteFulfillOptions { Status = refusal, ContentType = "application/json", Body = $$"""{"code":{{refusal}},"msg":"No room ({{refusal}})."}""" })
            : route.ContinueAsync());
        long count = 9;
        foreach (int status in new[] { 429, 503, 507 })
        {
            refusal = status;
            await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "How was the day?: 3 of 10" }).ClickAsync();
            await Expect(Card(visit, "How was the day?").Locator(".status.waits")).ToContainTextAsync($"No room ({status}). Kept in this browser");
            await Expect(visit.Page.Locator(".connection")).ToContainTextAsync("1 to send");
            await visit.ShotAsync($"input-waits-{status}");
            refusal = 0;
            await SavedAsync(visit, "How was the day?", Samples.Mood, DataValue.From(3L));
            Assert.Equal(++count, await visit.Owner.CountAsync(CdbPath.Parse(Samples.Mood), CancellationToken.None));
        }
    }

    [SkippableFact]
    public async Task An_input_whose_answer_is_lost_survives_a_reload_and_is_stored_once()
    {
        await using Visit visit = await AtHomeAsync();
        bool isCut = true;
        await visit.Context.RouteAsync("**/data", async route =>
        {
            if (isCut && route.Request.Method == "PUT")
            {
                // The server stores it, and the answer does not arrive.
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "How was the day?: 4 of 10" }).ClickAsync();
        await Expect(Card(visit, "How was the day?").Locator(".status.waits")).ToBeVisibleAsync();
        isCut = false;
        await visit.Page.ReloadAsync();
        await visit.Page.WaitForFunctionAsync("() => localStorage.getItem('cdb.outbox') === '[]'");
        Assert.Equal(10, await visit.Owner.CountAsync(CdbPath.Parse(Samples.Mood), CancellationToken.None));
    }

    private static async Task SavedAsync(Visit visit, string name, string path, DataValue expected)
    {
        await Expect(Card(visit, name).Locator(".status.done")).ToContainTextAsync("Saved at");
        Assert.Equal(expected, (await visit.Owner.LastAsync(CdbPath.Parse(path), CancellationToken.None))!.GetValue());
    }

    private static ILocator Card(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = $"Enter {name}", Exact = true });

    private static async Task<Block> FirstAsync(ISubscription subscription)
    {
        await foreach (Block block in subscription.ReadAsync(CancellationToken.None))
        {
            return block;
        }

        throw new InvalidOperationException("The subscription ended.");
    }

    private async Task<Visit> AtHomeAsync()
    {
        Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        return visit;
    }
}
