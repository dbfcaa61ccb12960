using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ConnectorDb.Browser.Tests.Support;

/// <summary>Checks of accessibility by axe-core.</summary>
internal static class Axe
{
    private static readonly string s_script = new BundledAxeScriptProvider().GetScript();

    /// <summary>The violations in the current page: the id of a rule, and the element that violates it.</summary>
    /// <param name="page">The page. Its policy holds for its own scripts, and not for this one.</param>
    /// <param name="rules">The ids of the rules; none for all that axe runs by default.</param>
    /// <remarks>The package's own call describes what passes too, in a second page, which takes several times as long.</remarks>
    public static async Task<string[]> FindViolationsAsync(this IPage page, params string[] rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(s_script);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async rules => {
              const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false, ...(rules.length > 0 ? { runOnly: rules } : {}) });
              return violations.flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html}`));
            }
            """,
            rules);
    }
}
