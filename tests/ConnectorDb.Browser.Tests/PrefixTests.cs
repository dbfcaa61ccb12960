using ConnectorDb.Browser.Tests.Support;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static ConnectorDb.Browser.Tests.Support.Visit;

namespace ConnectorDb.Browser.Tests;

public sealed class PrefixTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task The_page_works_below_a_path_and_so_do_its_cookies_and_its_websocket()
    {
        await using IBrowserContext context = await chromium.OpenAsync();
        await using RunningServer server = await RunningServer.StartAsync(adapt: builder => builder.Services.AddSingleton<IStartupFilter, Prefix>());
        await server.AddWeatherAsync();
        IPage page = await context.NewPageAsync();
        string link = server.Services.GetRequiredService<LoginLinks>().Make([server.Address.ToString()]);
        await page.GotoAsync(link.Replace("/#", $"{Prefix.Path}#", StringComparison.Ordinal));
        await Expect(page.Locator(".dot.live")).ToHaveCountAsync(1);
        await Expect(page.Locator($".tree a[data-path='{Samples.Temperature}'] .last")).ToHaveTextAsync("17.87 °C");
        Assert.All(await context.CookiesAsync(), cookie => Assert.Equal(Prefix.Path, cookie.Path));
        Assert.StartsWith($"{server.Address}{Prefix.Path[1..]}/", page.Url, StringComparison.Ordinal);
    }

    /// <summary>Serves everything below a path, as behind a proxy.</summary>
    private sealed class Prefix : IStartupFilter
    {
        public const string Path = "/house";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => application =>
        {
            application.UsePathBase(Path);
            next(application);
        };
    }
}
