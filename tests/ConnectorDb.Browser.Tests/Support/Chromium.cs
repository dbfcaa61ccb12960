using Microsoft.Playwright;

namespace ConnectorDb.Browser.Tests.Support;

/// <summary>Debian's Chromium, which Playwright drives. Each class of tests has its own, so that two classes run at the same time.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>The browser without windows comes first, because it needs less processor time.</summary>
    private static readonly string? s_program = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    /// <summary>Without a graphics processor, pictures are drawn faster by the processor itself than by its emulation of one.</summary>
    private static readonly string[] s_arguments = ["--disable-gpu"];

    /// <summary>In milliseconds. The machine may have much other work.</summary>
    private const float Patience = 120_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static string Missing => "A real browser is needed: the package 'chromium-headless-shell' or 'chromium' of Debian.";

    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || s_program is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = s_program, Args = s_arguments, Timeout = Patience });
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    /// <summary>A browser profile without cookies; skips the test when there is no browser.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Skip.If(_browser is null, Missing);
        IBrowserContext context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
