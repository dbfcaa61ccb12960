using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Deletes the waiting entries or the dead letters of a logger.</summary>
[Cmdlet(VerbsCommon.Clear, "CdbLogger", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class ClearCdbLoggerCommand : LoggerCdbCmdlet
{
    [Parameter]
    public SwitchParameter SetAside { get; set; }

    protected override void End()
    {
        if (SetAside && ShouldProcess(Opened.Path, $"Delete {Target.ListDeadLetters().Count} dead letters"))
        {
            Target.DeleteDeadLetters(Target.ListDeadLetters());
        }
        else if (!SetAside && ShouldProcess(Opened.Path, $"Delete {Opened.Cached} waiting entries"))
        {
            Target.Clear();
        }
    }
}
