using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Modes;

/// <summary>Runs a script file with its arguments; the exit code is the script's, or 1 after an error that it did not catch.</summary>
internal sealed class ScriptMode(string path, IReadOnlyList<string> arguments) : IMode
{
    public int Run(ConsoleScreen screen)
    {
        var script = ScriptFile.At(path);
        using var session = Session.Open(screen);
        using var interrupts = Interrupts.OnceFor(session);
        return session.Run(script, ScriptArguments.Parse(arguments)) switch
        {
            Outcome.Finished => ExitCode.Success,
            Outcome.Failed => ExitCode.Failure,
            Outcome.Stopped => ExitCode.Interrupted,
            _ => session.RequestedExitCode,
        };
    }
}
