using System.Management.Automation.Runspaces;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Modes;

/// <summary>Runs what is typed, statement by statement, until <c>exit</c> or Ctrl+D.</summary>
internal sealed class PromptMode : IMode
{
    public int Run(ConsoleScreen screen)
    {
        screen.Write($"{Usage.Version}. Get-Command -Module ConnectorDb lists the cmdlets, Get-Help explains one, exit leaves.{Environment.NewLine}");
        using var session = Session.Open(screen);
        using var interrupts = Interrupts.AlwaysFor(session);
        var keyboard = new StatementReader(screen, session.Complete);
        while (!session.HasExited && keyboard.Read(session.PromptText) is { } statement)
        {
            session.Run(new Command(statement, isScript: true));
        }

        return session.RequestedExitCode;
    }
}
