using System.Text;

namespace ConnectorDb.Shell.Terminal;

/// <summary>The two outputs of the process: what they are connected to, and text on them that no progress line garbles.</summary>
internal sealed class ConsoleScreen
{
    /// <summary>The width in columns when the output is a file or another program.</summary>
    public const int PlainWidth = 120;

    private readonly Lock _gate = new();
    private readonly bool _hasWindow = !Console.IsOutputRedirected;
    private readonly ProgressLine _progress;
    private bool _atLineStart = true;

    private ConsoleScreen(bool outputIsTerminal, bool errorIsTerminal)
    {
        OutputIsTerminal = outputIsTerminal;
        ErrorIsTerminal = errorIsTerminal;
        _progress = new ProgressLine(Console.Error);
    }

    /// <summary>Standard output is a terminal that understands escape sequences.</summary>
    public bool OutputIsTerminal { get; }

    /// <summary>Standard error is a terminal that understands escape sequences.</summary>
    public bool ErrorIsTerminal { get; }

    /// <summary>There is somebody to ask: a keyboard to answer on and a screen to read from.</summary>
    public bool CanAsk { get; } = !Console.IsInputRedirected && !(Console.IsOutputRedirected && Console.IsErrorRedirected);

    public int Width => _hasWindow && Console.WindowWidth is > 0 and var width ? width : PlainWidth;

    public int Height => _hasWindow && Console.WindowHeight is > 0 and var height ? height : int.MaxValue;

    public static ConsoleScreen Open()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        return new ConsoleScreen(
            !Console.IsOutputRedirected && EscapeSequences.AreUnderstood(StandardStream.Output),
            !Console.IsErrorRedirected && EscapeSequences.AreUnderstood(StandardStream.Error));
    }

    public void Write(string text)
    {
        lock (_gate)
        {
            _progress.Clear();
            Console.Out.Write(text);
            Remember(text);
        }
    }

    public void WriteError(string text)
    {
        lock (_gate)
        {
            _progress.Clear();
            Console.Error.Write(text);
            Remember(text);
        }
    }

    /// <summary>Writes a question, or what is typed as its answer, where a person sees it.</summary>
    public void Ask(string text)
    {
        lock (_gate)
        {
            _progress.Clear();
            (_hasWindow ? Console.Out : Console.Error).Write(text);
            Remember(text);
        }
    }

    /// <summary>Shows how far the work is, in one line that the next text takes the place of; on a terminal only.</summary>
    public void Progress(string text)
    {
        lock (_gate)
        {
            if (ErrorIsTerminal && _atLineStart)
            {
                _progress.Show(text, Width);
            }
        }
    }

    public void EndProgress()
    {
        lock (_gate)
        {
            _progress.Clear();
        }
    }

    private void Remember(string text)
    {
        if (text.Length > 0)
        {
            _atLineStart = text[^1] == '\n';
        }
    }
}
