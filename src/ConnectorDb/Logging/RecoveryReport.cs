namespace ConnectorDb.Logging;

/// <summary>What was saved of a logger's file that was found damaged when it was opened.</summary>
/// <param name="Saved">Items that were saved.</param>
/// <param name="Lost">About how many items are lost, by the numbers that are missing.</param>
/// <param name="IsIncomplete">Some settings, streams, destinations or items set aside could not be read.</param>
/// <param name="DamagedFile">Where the damaged file lies now.</param>
public sealed record RecoveryReport(long Saved, long Lost, bool IsIncomplete, string DamagedFile)
{
    public override string ToString()
        => $"The logger's file was damaged. {Saved} items were saved, {(Lost > 0 ? $"about {Lost} are lost" : "none is known to be lost")}. "
            + (IsIncomplete ? "Some of its settings, streams, destinations or items set aside could not be read: look at them with Get-CdbLogger. " : "")
            + $"The damaged file was kept as '{DamagedFile}'. Look at the disk before trusting it again.";
}
