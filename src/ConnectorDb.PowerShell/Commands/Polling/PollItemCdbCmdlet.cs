using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Polling;

/// <summary>A cmdlet that handles poll items of a configuration file, of the given poller, or of the newest poller of the runspace.</summary>
public abstract class PollItemCdbCmdlet : CdbCmdlet
{
    private protected const string PollerSet = "Poller";
    private protected const string FileSet = "File";

    [Parameter(ParameterSetName = FileSet, Mandatory = true)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set => field = OfSet(value); }

    [Parameter(ParameterSetName = PollerSet)]
    [NonNull]
    [OpenedArgument<CdbPoller>]
    [ArgumentCompleter(typeof(ObjectCompleter<CdbPoller>))]
    public CdbPoller? Poller { get; set => field = OfSet(value); }

    private protected string? File => Path is null ? null : FilePath(Path);

    private protected CdbPoller Opened => Poller ?? RunspaceSession.Current.DefaultPoller
        ?? throw new StoreException(StoreFault.Closed, "This session has no poller. Start one with Start-CdbPoller, or give -Poller or a configuration file with -Path.", null);

    private protected string Target => File ?? Opened.ToString();
}
