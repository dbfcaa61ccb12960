namespace ConnectorDb.Shell.Terminal;

/// <summary>One line at the bottom of a terminal that is drawn over, and gone when other text comes.</summary>
internal sealed class ProgressLine(TextWriter terminal)
{
    private const string EraseLine = "\r\u001b[K";
    private bool _shown;

    public void Show(string text, int width)
    {
        var room = width - 1;
        terminal.Write(EraseLine + (text.Length <= room ? text : text[..(room - 1)] + "…"));
        _shown = true;
    }

    public void Clear()
    {
        if (_shown)
        {
            terminal.Write(EraseLine);
            _shown = false;
        }
    }
}
