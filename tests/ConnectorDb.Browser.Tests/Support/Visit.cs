using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Server.Security;
using ConnectorDb.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ConnectorDb.Browser.Tests.Support;

/// <summary>A person at a browser, and the server that the page comes from.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly List<string> _errors = [];

    private Visit(RunningServer server, IBrowserContext context, IPage page)
    {
        (Server, Context, Page) = (server, context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) => _errors.AddRange(message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase) ? [message.Text] : []);
        page.Dialog += (_, dialog) => _errors.Add($"A dialog of the browser: {dialog.Message}");
    }

    public RunningServer Server { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ICdbClient Owner => Server.As("me/user");

    /// <summary>Opens a new store and the page, signed in as its owner by a login link.</summary>
    public static async Task<Visit> BeginAsync(Chromium chromium, Look look = Look.DesktopLight, string settings = "--login-delay 0", Func<ICdbClient, Task>? prepare = null)
    {
        Visit visit = await OpenAsync(chromium, look, settings);
        if (prepare is not null)
        {
            await prepare(visit.Owner);
        }

        await visit.SignInByLinkAsync();
        return visit;
    }

    /// <summary>Opens a new store and an empty window.</summary>
    public static async Task<Visit> OpenAsync(Chromium chromium, Look look = Look.DesktopLight, string settings = "--login-delay 0", string locale = "en-GB")
    {
        BrowserNewContextOptions options = look.ToOptions();
        options.Locale = locale;
        IBrowserContext context = await chromium.OpenAsync(options);
        return new Visit(await RunningServer.StartAsync(settings), context, await context.NewPageAsync());
    }

    public string NewLink() => Server.Services.GetRequiredService<LoginLinks>().Make([Server.Address.ToString()]);

    public async Task SignInByLinkAsync()
    {
        await Page.GotoAsync(NewLink());
        await Expect(Page.Locator(".dot.live")).ToHaveCountAsync(1);
    }

    /// <summary>Goes to a place of the page: <c>/me/user/mood</c>, or <c>compare?s=…</c>.</summary>
    public async Task GoAsync(string place)
    {
        await BeginToGoAsync(place);
        await ShownAsync();
    }

    /// <summary>Changes the address, and does not wait for the screen.</summary>
    public Task BeginToGoAsync(string place) => Page.EvaluateAsync("place => { location.hash = place; }", place);

    /// <summary>Waits until the window shows the screen that its address names, or the error instead. A screen may change the parameters of its address.</summary>
    public Task ShownAsync()
        => Page.WaitForFunctionAsync("() => document.querySelector('main')?.dataset.place?.split('?')[0] === location.hash.slice(1).split('?')[0] && document.querySelector('.progress').hidden");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>Waits until the chart is painted.</summary>
    public Task PaintedAsync() => Expect(Page.Locator(".chart[data-painted]").First).ToBeVisibleAsync();

    public static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>The file of a picture that is kept as an artifact of the run.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "../../../screenshots", name + ".png");

    /// <summary>Keeps a picture of the window as an artifact of the run.</summary>
    public Task ShotAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions { Path = PathOf(name), FullPage = false });

    /// <summary>No script failed, and none was refused by the policy of the page.</summary>
    public void AssertNoErrors() => Assert.Empty(_errors);

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await Server.DisposeAsync();
    }
}
