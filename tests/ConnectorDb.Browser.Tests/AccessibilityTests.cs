using ConnectorDb.Browser.Tests.Support;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    private static readonly (string Name, string Place)[] s_screens =
    [
        ("now", "/"), ("stream", $"/{Samples.Temperature}?range=7+d"), ("states", $"/{Samples.Door}"), ("lamp", $"/{Samples.Lamp}"), ("device", "/me/weather"), ("user", "/me"),
        ("compare", $"compare?s={Samples.Temperature}&s={Samples.Mood}"), ("query", "query"), ("items", "items"), ("account", "account"), ("keys", "keys"),
    ];

    [SkippableTheory]
    [InlineData(Look.DesktopLight)]
    [InlineData(Look.DesktopDark)]
    [InlineData(Look.PhoneLight)]
    [InlineData(Look.PhoneDark)]
    public async Task Every_screen_passes_axe_and_fits_the_window(Look look)
    {
        await using Visit visit = await OpenAsync(chromium, look);
        await visit.Server.AddHouseAsync();
        await visit.Page.GotoAsync(visit.Server.Address.ToString());
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        List<string> violations = [.. await ViolationsAsync(visit, "sign-in")];
        await visit.ShotAsync($"sign-in-{look}");
        await visit.SignInByLinkAsync();
        foreach ((string name, string place) in s_screens)
        {
            await visit.GoAsync(place);
            await Expect(visit.Page.Locator($"main[data-place='{place}'] .head h1")).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".progress")).ToBeHiddenAsync();
            if (await visit.Page.Locator(".chart").CountAsync() > 0)
            {
                await visit.PaintedAsync();
            }

            violations.AddRange(await ViolationsAsync(visit, name));
            await visit.ShotAsync($"{name}-{look}");
            if (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                violations.Add($"{name} is wider than the window");
            }
        }

        Assert.Empty(violations);
        visit.AssertNoErrors();
    }

    private static async Task<IEnumerable<string>> ViolationsAsync(Visit visit, string name)
    {
        // axe puts itself into the page as a script, which the policy of the page does not let through on its own.
        AxeResult result = await visit.Page.RunAxe();
        return result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id}: {node.Html}"));
    }
}
