namespace ConnectorDb.PowerShell.Services;

/// <summary>State of a service.</summary>
public enum CdbServiceState
{
    /// <summary>Only the definition was written, for another machine.</summary>
    Written,

    Stopped,

    /// <summary>The service is starting or stopping.</summary>
    Changing,

    Running,

    /// <summary>The service ended with an error; the log of the system contains it.</summary>
    Failed,
}
