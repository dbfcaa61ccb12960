using ConnectorDb.Browser.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    /// <summary>Of axe's rules, only this one depends on the colours.</summary>
    private const string Contrast = "color-contrast";

    private static readonly (string Name, string Place)[] s_screens =
    [
        ("now", "/"), ("stream", $"/{Samples.Temperature}?range=7+d"), ("states", $"/{Samples.Door}"), ("lamp", $"/{Samples.Lamp}"), ("device", "/me/weather"), ("user", "/me"),
        ("compare", $"compare?s={Samples.Temperature}&s={Samples.Mood}"), ("query", "query"), ("items", "items"), ("account", "account"), ("keys", "keys"),
    ];

    [SkippableTheory]
    [InlineData(Look.DesktopLight, Look.DesktopDark)]
    [InlineData(Look.PhoneLight, Look.PhoneDark)]
    public async Task Every_screen_passes_axe_in_both_schemes_and_fits_the_window(Look light, Look dark)
    {
        await using Visit visit = await OpenAsync(chromium, light);
        await visit.Server.AddHouseAsync();
        await visit.Page.GotoAsync(visit.Server.Address.ToString());
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" })).ToBeVisibleAsync();
        List<string> violations = await ViolationsAsync(visit, "sign-in", light, dark);
        await visit.SignInByLinkAsync();
        foreach ((string name, string place) in s_screens)
        {
            await visit.GoAsync(place);
            await visit.ShownAsync();
            if (await visit.Page.Locator(".chart").CountAsync() > 0)
            {
                await visit.PaintedAsync();
            }

            violations.AddRange(await ViolationsAsync(visit, name, light, dark));
            if (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                violations.Add($"{name} is wider than the window");
            }
        }

        Assert.Empty(violations);
        visit.AssertNoErrors();
    }

    /// <summary>Runs axe, and takes a picture, in both schemes.</summary>
    private static async Task<List<string>> ViolationsAsync(Visit visit, string name, Look light, Look dark)
    {
        List<string> violations = [.. from violation in await visit.Page.FindViolationsAsync() select $"{name}: {violation}"];
        await visit.ShotAsync($"{name}-{light}");
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        violations.AddRange(from violation in await visit.Page.FindViolationsAsync(Contrast) select $"{name}, dark: {violation}");
        await visit.ShotAsync($"{name}-{dark}");
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        return violations;
    }
}
