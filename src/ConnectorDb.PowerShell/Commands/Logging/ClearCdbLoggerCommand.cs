using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Drops what waits in a logger, or what was set aside in it.</summary>
[Cmdlet(VerbsCommon.Clear, "CdbLogger", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class ClearCdbLoggerCommand : LoggerCdbCmdlet
{
    [Parameter]
    public SwitchParameter SetAside { get; set; }

    protected override void End()
    {
        if (SetAside && ShouldProcess(Opened.Path, $"Drop the {Target.ListDeadLetters().Count} items that were set aside"))
        {
            Target.DeleteDeadLetters(Target.ListDeadLetters());
        }
        else if (!SetAside && ShouldProcess(Opened.Path, $"Drop the {Opened.Cached} items that wait"))
        {
            Target.Clear();
        }
    }
}
