using System.Management.Automation;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that speaks of poll items: of a configuration file, of the poller given, else of the newest that runs here.</summary>
public abstract class PollItemCdbCmdlet : CdbCmdlet
{
    private protected const string PollerSet = "Poller";
    private protected const string FileSet = "File";

    [Parameter(ParameterSetName = FileSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = PollerSet)]
    [ValidateNotNull]
    public CdbPoller? Poller { get; set; }

    private protected string? File => Path is null ? null : FilePath(Path);

    private protected CdbPoller Opened => Poller ?? Session.Current.DefaultPoller
        ?? throw new StoreException(StoreFault.Closed, "No poller runs here. Start one with Start-CdbPoller, give one with -Poller, or give a configuration file with -Path.", null);

    private protected string Target => File ?? Opened.ToString();
}
