namespace ConnectorDb.PowerShell.Serving;

/// <summary>Whether a server serves.</summary>
public enum CdbServerStatus
{
    Running,

    /// <summary>It was stopped.</summary>
    Stopped,

    /// <summary>It ended by itself; its log says why.</summary>
    Failed,
}
