namespace ConnectorDb.PowerShell.Services;

/// <summary>Whether a service serves.</summary>
public enum CdbServiceState
{
    /// <summary>Only its definition was written, for another machine.</summary>
    Written,

    Stopped,

    /// <summary>It is on its way up or down.</summary>
    Changing,

    Running,

    /// <summary>It ended with an error; the log of the system says which.</summary>
    Failed,
}
