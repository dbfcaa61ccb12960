using ConnectorDb.Browser.Tests.Support;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    /// <summary>Of axe's rules, only this one depends on the colours.</summary>
    private const string Contrast = "color-contrast";

    private static readonly (string Name, string Place)[] s_screens =
    [
        ("now", "/"), ("stream", $"/{Samples.Temperature}?range=7+d"), ("states", $"/{Samples.Door}"), ("lamp", $"/{Samples.Lamp}"), ("device", "/me/weather"), ("user", "/me"),
        ("compare", $"compare?s={Samples.Temperature}&s={Samples.Mood}"), ("query", $"query?s={Samples.Temperature}"), ("items", "items"), ("account", "account"), ("keys", "keys"),
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
            if (await visit.Page.Locator(".chart").CountAsync() > 0)
            {
                await visit.PaintedAsync();
            }

            violations.AddRange(await ViolationsAsync(visit, name, light, dark));
            violations.AddRange(from word in await CutWordsAsync(visit) select $"{name} cuts '{word}'");
            if (await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            {
                violations.Add($"{name} is wider than the window");
            }
        }

        Assert.Empty(violations);
        visit.AssertNoErrors();
    }

    /// <summary>Words of tables that go on in the next line, and inputs that are too narrow for their texts.</summary>
    private static async Task<string[]> CutWordsAsync(Visit visit) => await visit.Page.EvaluateAsync<string[]>(
        """
        () => {
          const isCut = word => {
            const range = document.createRange();
            range.setStart(word.node, word.start);
            range.setEnd(word.node, word.end);
            return new Set([...range.getClientRects()].map(rect => Math.round(rect.top))).size > 1;
          };
          const texts = [...document.querySelectorAll('th, td')].flatMap(cell => [...cell.childNodes]).filter(node => node.nodeType === Node.TEXT_NODE);
          const words = texts.flatMap(node => [...node.data.matchAll(/[\w.:]{1,12}(?!\S)/g)].filter(found => !/\S/.test(node.data[found.index - 1] ?? ' ')).map(found => ({ node, start: found.index, end: found.index + found[0].length, text: found[0] })));
          const inputs = [...document.querySelectorAll('main input[type=text]')].filter(input => input.checkVisibility() && input.scrollWidth > input.clientWidth + 1);
          return [...words.filter(isCut).map(word => word.text), ...inputs.map(input => input.value || input.placeholder)];
        }
        """);

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
