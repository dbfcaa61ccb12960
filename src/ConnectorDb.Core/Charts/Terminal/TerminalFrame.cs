using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Charts.Terminal;

/// <summary>Lines of a terminal that are replaced in place, by the control sequences of ECMA-48.</summary>
public sealed class TerminalFrame
{
    public const string HideCursor = "\e[?25l";
    public const string ShowCursor = "\e[?25h";

    private const string EndOfLine = "\e[K\r\n";
    private const string ClearBelow = "\e[J";

    private int _height;

    /// <summary>The text that writes the lines over those written last. The cursor is then below them.</summary>
    /// <param name="lines">The lines, each no wider than the window.</param>
    /// <param name="window">Lines of the window. The cursor cannot go back to lines that have left it, so that more are not written.</param>
    public string Replace(IReadOnlyList<string> lines, int window)
    {
        ArgumentNullException.ThrowIfNull(lines);
        StringBuilder text = new();
        if (_height > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\e[{_height}A");
        }

        _height = Math.Min(lines.Count, Math.Max(1, window - 1));
        for (int i = 0; i < _height; i++)
        {
            text.Append(lines[i]).Append(EndOfLine);
        }

        return text.Append(ClearBelow).ToString();
    }

    /// <summary>The next lines stand below the cursor: something else was written.</summary>
    public void Leave() => _height = 0;
}
