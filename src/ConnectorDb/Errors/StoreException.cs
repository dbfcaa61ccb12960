namespace ConnectorDb;

/// <summary>Why a store cannot do its work.</summary>
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

    /// <summary>Another process has held the file for too long.</summary>
    Locked,

    /// <summary>A part of the file is damaged.</summary>
    Damaged,

    /// <summary>The file or folder cannot be opened.</summary>
    Unreachable,

    /// <summary>A bound that the user has set is reached.</summary>
    LimitReached,

    /// <summary>The store was closed while it was in use.</summary>
    Closed,

    /// <summary>The server met an error of its own, or answers what nobody can make sense of.</summary>
    Failed,
}

/// <summary>The store under the engine cannot do its work; the message says why and what to do.</summary>
public sealed class StoreException(StoreFault fault, string message, object? target, Exception? cause = null)
    : CdbException(message, target, cause)
{
    public StoreFault Fault { get; } = fault;
}
