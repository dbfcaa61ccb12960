using System.Management.Automation.Host;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Hosting;

/// <summary>The window as far as scripts and the engine's formatting need it: its size, keys, colours and title.</summary>
internal sealed class ShellWindow(ConsoleScreen screen) : PSHostRawUserInterface
{
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Size BufferSize
    {
        get => new(screen.Width, screen.Height);
        set => throw Fixed();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw Fixed();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; }

    public override bool KeyAvailable => screen.CanAsk && Console.KeyAvailable;

    public override string WindowTitle { get; set; } = "ConnectorDb";

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!screen.CanAsk)
        {
            throw Questions.NobodyToAsk("A key");
        }

        var key = Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Fixed();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Fixed();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Fixed();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Fixed();

    private static HostException Fixed() => new("This shell cannot change its window; the terminal can.");
}
