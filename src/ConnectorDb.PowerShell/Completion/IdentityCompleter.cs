using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>Completes the devices of a store that this session has open. A key press opens no other store.</summary>
public sealed class IdentityCompleter : PathCompleter
{
    internal override CdbPathKind Kind => CdbPathKind.Device;

    private protected override CdbConnection? ConnectionOf(IDictionary bound)
    {
        string? path = (Bound<string>(bound, "Path") ?? Bound<string>(bound, "ConnectorDb")) is { } given
            ? Engine.IsDatabase(given) ? given : CallerState.Current.Path.GetUnresolvedProviderPathFromPSPath(given)
            : Engine.StoreOf(RunspaceSession.Current.Default);
        string store = Engine.Locate(path);
        return RunspaceSession.Current.Connections.LastOrDefault(connection => Engine.StoreOf(connection) == store);
    }
}
