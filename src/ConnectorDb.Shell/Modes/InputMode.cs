using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Modes;

/// <summary>Runs what comes through standard input from a file or another program.</summary>
internal sealed class InputMode : IMode
{
    public int Run(ConsoleScreen screen) => new CommandMode(Console.In.ReadToEnd()).Run(screen);
}
