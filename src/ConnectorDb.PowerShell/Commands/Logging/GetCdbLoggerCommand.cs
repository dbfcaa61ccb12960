using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Gets the open loggers of this runspace, or their dead letters.</summary>
[Cmdlet(VerbsCommon.Get, "CdbLogger")]
[OutputType(typeof(CdbLogger), typeof(DeadLetter))]
public sealed class GetCdbLoggerCommand : CdbCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public CdbLogger[]? Logger { get; set; }

    [Parameter]
    public SwitchParameter SetAside { get; set; }

    protected override void Process()
    {
        foreach (CdbLogger logger in Logger ?? RunspaceSession.Current.Loggers)
        {
            if (!SetAside)
            {
                WriteObject(logger);
                continue;
            }

            foreach (DeadLetter letter in logger.Logger.ListDeadLetters())
            {
                WriteObject(letter);
            }
        }
    }
}
