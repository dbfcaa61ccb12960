using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Modes;

/// <summary>One way to run the shell.</summary>
internal interface IMode
{
    /// <returns>The exit code of the process.</returns>
    int Run(ConsoleScreen screen);
}
