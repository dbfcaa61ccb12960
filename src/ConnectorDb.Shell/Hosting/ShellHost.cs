using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Hosting;

/// <summary>What the engine knows of the program it runs in.</summary>
/// <param name="screen">Where its output goes.</param>
/// <param name="stop">Stops the pipeline that runs, when a question is answered with Ctrl+C.</param>
internal sealed class ShellHost(ConsoleScreen screen, Action stop) : PSHost
{
    private readonly ShellInterface _interface = new(screen, stop);

    /// <summary>The code given to <c>exit</c>; null while nobody asked to leave.</summary>
    public int? RequestedExitCode { get; private set; }

    public override string Name => "ConnectorDb Shell";

    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI => _interface;

    public override void SetShouldExit(int exitCode) => RequestedExitCode = exitCode;

    /// <summary>What is written meanwhile goes to standard error.</summary>
    public void ShowAsError(Action write) => _interface.ShowAsError(write);

    public override void EnterNestedPrompt() =>
        throw new PSNotSupportedException("This shell has no prompt within a prompt. Choose another answer.");

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
