using System.Management.Automation;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Display;

/// <summary>Properties of connections that depend on the runspace.</summary>
public static class ConnectionProperties
{
    /// <summary>True for the connection that cmdlets without -Connection use.</summary>
    public static object IsDefault(PSObject instance) => instance?.BaseObject is CdbConnection connection && connection == RunspaceSession.Current.Default;
}
