using Microsoft.Playwright;

namespace ConnectorDb.Browser.Tests.Support;

/// <summary>The size and colour scheme of a browser window.</summary>
public enum Look
{
    DesktopLight,
    DesktopDark,
    PhoneLight,
    PhoneDark,
}

internal static class Looks
{
    public static bool IsPhone(this Look look) => look is Look.PhoneLight or Look.PhoneDark;

    public static BrowserNewContextOptions ToOptions(this Look look) => new()
    {
        ViewportSize = look.IsPhone() ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 800 },
        DeviceScaleFactor = look.IsPhone() ? 2 : 1,
        HasTouch = look.IsPhone(),
        IsMobile = look.IsPhone(),
        ColorScheme = look is Look.DesktopDark or Look.PhoneDark ? ColorScheme.Dark : ColorScheme.Light,
        TimezoneId = "Europe/Berlin",
    };
}
