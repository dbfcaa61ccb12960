using ConnectorDb.Browser.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class SignInTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Password = "seven green bottles";

    [SkippableFact]
    public async Task A_user_signs_in_with_a_password_after_a_wrong_one_and_out_again()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Owner.UpdateUserAsync(CdbPath.ForUser("me"), new UserDefinition { Password = Password }, CancellationToken.None);
        await visit.Page.GotoAsync(visit.Server.Address.ToString());
        await visit.Page.GetByLabel("User").FillAsync("me");
        await visit.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync("a wrong password");
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "user name or the password is wrong" })).ToBeVisibleAsync();
        await visit.ShotAsync("sign-in-refused");
        await visit.Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".dot.live")).ToHaveCountAsync(1);
        await visit.Page.Locator(".menu > summary").ClickAsync();
        await visit.Button("Sign out").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task A_device_signs_in_with_its_key()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Page.GotoAsync(visit.Server.Address.ToString());
        await visit.Page.GetByText("Sign in with an API key").ClickAsync();
        await visit.Page.GetByLabel("API key of a device").FillAsync(visit.Server.OwnerKey);
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Page.Locator(".menu > summary")).ToHaveTextAsync("me/user");
    }

    [SkippableFact]
    public async Task The_escape_key_does_not_lead_past_the_sign_in()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Page.GotoAsync(visit.Server.Address.ToString());
        ILocator dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("User").FillAsync("me");
        for (int i = 0; i < 3; i++)
        {
            await visit.Page.Keyboard.PressAsync("Escape");
            await Expect(dialog).ToBeVisibleAsync();
        }

        await Expect(dialog.GetByLabel("User")).ToHaveValueAsync("me");
        visit.AssertNoErrors();
    }

    [SkippableFact]
    public async Task What_a_session_that_ended_refused_goes_on_after_the_next_sign_in()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.ShownAsync();
        bool hasEnded = false;
        await visit.Page.RouteAsync("**/crud/**", route => hasEnded
            ? route.FulfillAsync(new RouteFulfillOptions { Status = 401, ContentType = "application/json", Body = """{"code":401,"msg":"No session."}""" })
            : route.ContinueAsync());
        hasEnded = true;
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "How was the day?: 9 of 10" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "The session has ended" })).ToBeVisibleAsync();
        hasEnded = false;
        await SignInAgainAsync(visit);
        await Expect(visit.Page.Locator($".tree a[data-path='{Samples.Mood}'] .last")).ToHaveTextAsync("9");
        Assert.Equal(10, await visit.Owner.CountAsync(CdbPath.Parse(Samples.Mood), CancellationToken.None));

        hasEnded = true;
        await visit.BeginToGoAsync($"/{Samples.Temperature}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "The session has ended" })).ToBeVisibleAsync();
        hasEnded = false;
        await SignInAgainAsync(visit);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "temperature" })).ToBeVisibleAsync();
        await visit.PaintedAsync();
        visit.AssertNoErrors();
    }

    private static async Task SignInAgainAsync(Visit visit)
    {
        await visit.Page.GetByText("Sign in with an API key").ClickAsync();
        await visit.Page.GetByLabel("API key of a device").FillAsync(visit.Server.OwnerKey);
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_login_link_works_once_and_leaves_the_address()
    {
        await using Visit visit = await OpenAsync(chromium);
        string link = visit.NewLink();
        await visit.Page.GotoAsync(link);
        await Expect(visit.Page.Locator(".menu > summary")).ToHaveTextAsync("me/user");
        Assert.DoesNotContain("/in/", visit.Page.Url, StringComparison.Ordinal);

        await using IBrowserContext other = await chromium.OpenAsync();
        IPage page = await other.NewPageAsync();
        await page.GotoAsync(link);
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new LocatorFilterOptions { HasText = "login link is not valid" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_login_link_that_was_used_leaves_a_tab_signed_in_and_is_told()
    {
        await using Visit visit = await OpenAsync(chromium);
        string link = visit.NewLink();
        await visit.Page.GotoAsync(link);
        await Expect(visit.Page.Locator(".dot.live")).ToHaveCountAsync(1);
        await visit.Page.GotoAsync("about:blank");
        await visit.Page.GotoAsync(link);
        ILocator notice = visit.Page.Locator(".news", new PageLocatorOptions { HasText = "login link is not valid" });
        await Expect(notice).ToContainTextAsync("You are still signed in as me/user.");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Now" })).ToBeVisibleAsync();
        await notice.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(notice).ToBeHiddenAsync();
    }

    /// <summary>The owner of a new store has no password to sign in with.</summary>
    [SkippableFact]
    public async Task A_login_link_in_another_tab_ends_the_sign_in_of_a_session_that_ended()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Enter diary" }).GetByRole(AriaRole.Textbox).FillAsync("Half a thought");
        await visit.Owner.RemoveSessionAsync((await visit.Owner.ListSessionsAsync(null, CancellationToken.None).ToListAsync()).Single().Id, CancellationToken.None);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "The session has ended" })).ToBeVisibleAsync();
        IPage other = await visit.Context.NewPageAsync();
        await other.GotoAsync(visit.NewLink());
        await Expect(other.Locator(".dot.live")).ToHaveCountAsync(1);
        await visit.Page.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".dot.live")).ToHaveCountAsync(1);
        await Expect(visit.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Enter diary" }).GetByRole(AriaRole.Textbox)).ToHaveValueAsync("Half a thought");
    }

    [SkippableFact]
    public async Task When_the_session_ends_the_sign_in_lies_over_the_page_and_what_was_typed_stays()
    {
        await using Visit visit = await OpenAsync(chromium);
        await visit.Server.AddHouseAsync();
        await visit.SignInByLinkAsync();
        await visit.GoAsync($"/{Samples.Diary}");
        ILocator text = visit.Page.Locator("textarea").First;
        await text.FillAsync("Half a thought");
        CdbSession session = (await visit.Owner.ListSessionsAsync(null, CancellationToken.None).ToListAsync()).Single();
        await visit.Owner.RemoveSessionAsync(session.Id, CancellationToken.None);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "The session has ended" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".connection")).ToContainTextAsync("signed out");
        await Expect(visit.Page.Locator(".banner").First).ToBeHiddenAsync();
        await visit.ShotAsync("session-ended");
        await Expect(text).ToHaveValueAsync("Half a thought");
        await SignInAgainAsync(visit);
        await Expect(visit.Page.Locator(".dot.live")).ToHaveCountAsync(1);
        await Expect(text).ToHaveValueAsync("Half a thought");
        await visit.Server.AppendAsync(Samples.Diary, (Samples.Now, DataValue.From("Another thought")));
        await Expect(visit.Page.Locator(".big")).ToHaveTextAsync("Another thought");
    }
}
