namespace ConnectorDb.PowerShell.Serving;

/// <summary>Status of a server.</summary>
public enum CdbServerStatus
{
    Running,

    /// <summary>The server was stopped.</summary>
    Stopped,

    /// <summary>The server ended by itself; its log contains the reason.</summary>
    Failed,
}
