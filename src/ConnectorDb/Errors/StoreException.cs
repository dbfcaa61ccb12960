namespace ConnectorDb;

/// <summary>The reasons for failures of a store.</summary>
public enum StoreFault
{
    /// <summary>The file is not a ConnectorDb store.</summary>
    NotAStore,

    /// <summary>The file was written by a newer version of ConnectorDb.</summary>
    NewerVersion,

    /// <summary>The file or its folder cannot be written.</summary>
    ReadOnly,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Another process held a lock on the file until the timeout.</summary>
    Locked,

    /// <summary>A part of the file is damaged.</summary>
    Damaged,

    /// <summary>The file or folder cannot be opened.</summary>
    Unreachable,

    /// <summary>A limit set by the user is reached.</summary>
    LimitReached,

    /// <summary>The store was closed while it was in use.</summary>
    Closed,

    /// <summary>The file was deleted or replaced while it was in use.</summary>
    Replaced,

    /// <summary>The server failed or sent an invalid response.</summary>
    Failed,
}

/// <summary>The store failed. The message contains the reason and the next step.</summary>
public sealed class StoreException(StoreFault fault, string message, object? target, Exception? cause = null)
    : CdbException(message, target, cause)
{
    public StoreFault Fault { get; } = fault;
}
