using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Appending;

/// <summary>Tells errors of one block from those of the whole call.</summary>
internal static class BlockErrors
{
    /// <summary>
    /// True when the error concerns one block only, and the others are to be stored. A sequence that is damaged, or of a newer version,
    /// counts as such: it is found before anything of it is changed.
    /// </summary>
    public static bool RejectsOnlyBlock(this AppendOptions options, CdbException error)
        => options.OnInvalid == OnInvalid.RejectInvalid && error is not AuthenticationException and not StoreException { Fault: not (StoreFault.Damaged or StoreFault.NewerVersion) };
}
