namespace ConnectorDb.Logging;

/// <summary>The result of the recovery of a damaged logger file.</summary>
/// <param name="Saved">The number of recovered entries.</param>
/// <param name="Lost">The approximate number of lost entries, from the gaps in their numbers.</param>
/// <param name="IsIncomplete">Some settings, streams, destinations or dead letters could not be read.</param>
/// <param name="DamagedFile">The new path of the damaged file.</param>
public sealed record RecoveryReport(long Saved, long Lost, bool IsIncomplete, string DamagedFile)
{
    public override string ToString()
        => $"The logger's file was damaged. {CountText.Of(Saved, "entry was", "entries were")} recovered, {(Lost > 0 ? $"about {Lost} {(Lost == 1 ? "is" : "are")} lost" : "no loss was detected")}. "
            + (IsIncomplete ? "Some settings, streams, destinations or dead letters could not be read: check them with Get-CdbLogger. " : "")
            + $"The damaged file was kept as '{DamagedFile}'. Check the disk for errors.";
}
