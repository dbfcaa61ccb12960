using System.Management.Automation;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Creates or opens a logger that sends only on request.</summary>
[Cmdlet(VerbsCommon.New, "CdbLogger", SupportsShouldProcess = true)]
[OutputType(typeof(CdbLogger))]
public sealed class NewCdbLoggerCommand : OpeningLoggerCdbCmdlet
{
    protected override void End()
    {
        if (ShouldProcess(Path, "Open the logger", Check))
        {
            WriteObject(Open());
        }
    }
}
