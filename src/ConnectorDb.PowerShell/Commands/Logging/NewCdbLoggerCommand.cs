using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Creates or opens a logger that sends only on request.</summary>
[Cmdlet(VerbsCommon.New, "CdbLogger", SupportsShouldProcess = true)]
[OutputType(typeof(CdbLogger))]
public sealed class NewCdbLoggerCommand : OpeningLoggerCdbCmdlet
{
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public override string Path { get; set => field = OfSet(value); } = "";

    protected override void End()
    {
        if (ShouldProcess(Path, "Open the logger", Check))
        {
            WriteObject(Open());
        }
    }
}
