using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that uses a database: the connection given, else the default of the runspace.</summary>
public abstract class ConnectedCdbCmdlet : CdbCmdlet
{
    [Parameter]
    [ValidateNotNull]
    public CdbConnection? Connection { get; set; }

    protected ICdbClient Client
        => (Connection ?? RunspaceSession.Current.Default ?? throw new NotConnectedException()).Client;

    /// <summary>Completes a path of the user with the user and device of the connection.</summary>
    protected CdbPath Resolve(string text, CdbPathKind kind) => CdbPath.Resolve(text, kind, Client.Identity);

    protected override void Begin() => _ = Client;
}
