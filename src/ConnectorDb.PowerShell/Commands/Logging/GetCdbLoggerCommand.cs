using System.Management.Automation;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Gets the open loggers of this runspace, their waiting entries, or their dead letters.</summary>
[Cmdlet(VerbsCommon.Get, "CdbLogger", DefaultParameterSetName = LoggerSet)]
[OutputType(typeof(CdbLogger), typeof(WaitingEntry), typeof(DeadLetter))]
public sealed class GetCdbLoggerCommand : CdbCmdlet
{
    private const string LoggerSet = "Logger";
    private const string WaitingSet = "Waiting";
    private const string SetAsideSet = "SetAside";

    [Parameter(Position = 0, ValueFromPipeline = true)]
    [NonNull]
    [OpenedArgument<CdbLogger>(TakesMany = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbLogger>))]
    public CdbLogger[]? Logger { get; set; }

    [Parameter(ParameterSetName = WaitingSet, Mandatory = true)]
    public SwitchParameter Waiting { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = SetAsideSet, Mandatory = true)]
    public SwitchParameter SetAside { get; set => field = OfSet(value); }

    protected override void Process()
    {
        foreach (CdbLogger logger in Logger ?? RunspaceSession.Current.Loggers)
        {
            if (Waiting)
            {
                WriteEach(logger.Logger.ListWaiting());
            }
            else if (SetAside)
            {
                WriteEach(logger.Logger.ListDeadLetters());
            }
            else
            {
                WriteObject(logger);
            }
        }
    }
}
