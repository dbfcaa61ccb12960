using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>A cmdlet that speaks to a database: the one given, else the runspace's default.</summary>
public abstract class ConnectedCdbCmdlet : CdbCmdlet
{
    [Parameter]
    [ValidateNotNull]
    public CdbConnection? Connection { get; set; }

    protected ICdbClient Client
        => (Connection ?? Session.Current.Default ?? throw new NotConnectedException()).Client;

    /// <summary>The whole path of what the user calls <paramref name="text"/>.</summary>
    protected CdbPath Resolve(string text, CdbPathKind kind) => CdbPath.Resolve(text, kind, Client.Identity);

    protected override void Begin() => _ = Client;
}
