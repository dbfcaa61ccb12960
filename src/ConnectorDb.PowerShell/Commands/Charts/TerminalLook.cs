using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;

namespace ConnectorDb.PowerShell.Commands.Charts;

/// <summary>The size, characters and colors that fit the terminal of the session, or a file when output is redirected.</summary>
internal static class TerminalLook
{
    private const int WidthOfFiles = 80;
    private const int HeightOfFiles = 15;
    private const int MinWidth = 20;
    private const int MinHeight = 6;
    private const int MaxHeight = 20;

    /// <summary>Characters in a line and lines of a chart.</summary>
    public static (int Width, int Height) Size(PSHost host) => Window(host) is { } window
        ? (Math.Max(MinWidth, window.Width - 1), Math.Clamp(window.Height / 2, MinHeight, MaxHeight))
        : (WidthOfFiles, HeightOfFiles);

    /// <summary>The size of the window in characters; null if output is redirected, and of hosts without a window.</summary>
    public static Size? Window(PSHost host)
    {
        if (Console.IsOutputRedirected)
        {
            return null;
        }

        try
        {
            return host.UI.RawUI.WindowSize is { Width: > 0, Height: > 0 } window ? window : null;
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            // Hosts without a window, such as those of jobs and services, refuse with exceptions of many kinds.
            return null;
        }
    }

    /// <summary>The number of cells that a text takes in the window.</summary>
    public static int Cells(PSHost host, string text)
    {
        try
        {
            return host.UI.RawUI.LengthInBufferCells(text);
        }
        catch (Exception error) when (error is not PipelineStoppedException)
        {
            // As for the size of the window.
            return text.Length;
        }
    }

    /// <summary>Output goes to a terminal that understands control sequences.</summary>
    public static bool HasCursor(PSHost host) => Window(host) is not null && host.UI.SupportsVirtualTerminal;

    /// <summary>True when the terminal shows all characters of Unicode that its font has.</summary>
    public static bool HasUnicode => Console.OutputEncoding.CodePage is 65001 or 1200;

    /// <summary>Braille where the encoding and the fonts have it. The console of Windows without Windows Terminal has half blocks only.</summary>
    public static ChartForm Form()
    {
        // .NET takes UTF-8 for the encoding of a terminal in the locale C, which has ASCII only.
        if (!Console.IsOutputRedirected && Locale is "C" or "POSIX")
        {
            return ChartForm.Ascii;
        }

        Encoding encoding = Console.OutputEncoding;
        return encoding.CodePage switch
        {
            65001 or 1200 => !OperatingSystem.IsWindows() || Console.IsOutputRedirected || HasVariable("WT_SESSION") || HasVariable("TERM_PROGRAM") ? ChartForm.Braille : ChartForm.Block,
            437 or 850 => ChartForm.Block,
            _ => ChartForm.Ascii,
        };
    }

    /// <summary>The colors of series, of the theme of the terminal; none where colors are off.</summary>
    public static IReadOnlyList<string> Colors(PSHost host)
    {
        PSStyle style = PSStyle.Instance;
        return style.OutputRendering == OutputRendering.PlainText || HasVariable("NO_COLOR") || !HasCursor(host)
            ? []
            : [style.Foreground.Cyan, style.Foreground.Yellow, style.Foreground.Magenta, style.Foreground.Green, style.Foreground.Blue, style.Foreground.Red];
    }

    /// <summary>The locale of characters on Unix, by the first of its variables that is set.</summary>
    private static string? Locale => new[] { "LC_ALL", "LC_CTYPE", "LANG" }.Where(HasVariable).Select(Environment.GetEnvironmentVariable).FirstOrDefault();

    private static bool HasVariable(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));
}
