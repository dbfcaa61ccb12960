using ConnectorDb.Browser.Tests.Support;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Playwright;

namespace ConnectorDb.Browser.Tests;

public sealed class PolicyTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task The_page_loads_without_an_error_and_asks_only_its_server()
    {
        await using IBrowserContext context = await chromium.OpenAsync();
        await using RunningServer server = await RunningServer.StartAsync();
        IPage page = await context.NewPageAsync();
        List<string> errors = [];
        HashSet<string> hosts = [];
        page.Console += (_, message) => errors.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => errors.Add(error);
        page.Request += (_, request) => hosts.Add(new Uri(request.Url).Authority);
        await page.GotoAsync(server.Address.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal("ConnectorDb", await page.TitleAsync());
        Assert.Empty(errors);
        Assert.Equal([server.Address.Authority], hosts);
    }

    [SkippableFact]
    public async Task No_page_can_frame_this_one()
    {
        await using IBrowserContext context = await chromium.OpenAsync();
        await using RunningServer server = await RunningServer.StartAsync();
        string framing = $"{server.Address}framing";
        await context.RouteAsync(framing, route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = $"<iframe src='{server.Address}'></iframe><iframe src='{server.Address}health'></iframe>" }));
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(framing);
        Assert.DoesNotContain(page.Frames, frame => frame.Url == server.Address.ToString());
    }
}
