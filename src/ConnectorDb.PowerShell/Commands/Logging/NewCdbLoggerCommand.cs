using System.Management.Automation;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Makes or opens a logger, which writes to its file and sends when it is told to.</summary>
[Cmdlet(VerbsCommon.New, "CdbLogger", SupportsShouldProcess = true)]
[OutputType(typeof(CdbLogger))]
public sealed class NewCdbLoggerCommand : OpeningLoggerCdbCmdlet
{
    protected override void End()
    {
        if (ShouldProcess(Path, "Open the logger"))
        {
            WriteObject(Open());
        }
    }
}
