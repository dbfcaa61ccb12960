using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Appending;

/// <summary>Distinguishes errors of one block from errors of the whole call.</summary>
internal static class BlockErrors
{
    /// <summary>True when only this block is rejected, and the others are stored.</summary>
    /// <remarks>A damaged sequence, or one of a newer version, is found before anything of it is changed, so it concerns one block only.</remarks>
    public static bool RejectsOnlyBlock(this AppendOptions options, CdbException error)
        => options.OnInvalid != OnInvalid.RejectAll && error is not AuthenticationException and not StoreException { Fault: not (StoreFault.Damaged or StoreFault.NewerVersion) };

    /// <summary>True when the blocks after this one are not stored.</summary>
    public static bool StopsAt(this AppendOptions options, AppendResult result)
        => options.OnInvalid == OnInvalid.StopAtInvalid && (result.Error is not null || result.Rejected.Length > 0);
}
