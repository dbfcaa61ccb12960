using System.Management.Automation.Runspaces;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Modes;

/// <summary>Runs the text of -Command; the exit code says whether its last command succeeded, as in pwsh.</summary>
internal sealed class CommandMode(string text) : IMode
{
    public int Run(ConsoleScreen screen)
    {
        using var session = Session.Open(screen);
        using var interrupts = Interrupts.OnceFor(session);
        return session.Run(new Command(text, isScript: true)) switch
        {
            Outcome.Finished when session.LastCommandSucceeded => ExitCode.Success,
            Outcome.Finished or Outcome.Failed => ExitCode.Failure,
            Outcome.Stopped => ExitCode.Interrupted,
            _ => session.RequestedExitCode,
        };
    }
}
