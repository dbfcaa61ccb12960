using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Modes;

/// <summary>Shows a text about the shell itself.</summary>
internal sealed class TextMode(string text) : IMode
{
    public int Run(ConsoleScreen screen)
    {
        screen.Write(text + Environment.NewLine);
        return ExitCode.Success;
    }
}
