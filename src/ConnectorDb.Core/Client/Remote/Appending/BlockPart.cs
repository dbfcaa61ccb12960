using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Remote.Appending;

/// <summary>The datapoints of one block that go in one request.</summary>
/// <param name="Block">The index of the block in the call.</param>
/// <param name="Start">The index in the block of the first datapoint.</param>
/// <param name="Json">The datapoints as a JSON array.</param>
internal sealed record BlockPart(int Block, int Start, StreamBlock Points, byte[] Json)
{
    /// <summary>The error with the index of its datapoint in the block, where the server counted from the start of this part.</summary>
    /// <param name="written">How many datapoints of the call were stored before.</param>
    public CdbException Moved(CdbException error, long written)
    {
        if (Start == 0 && written == 0)
        {
            return error;
        }

        string before = written > 0 ? $" {CountText.Of(written, "datapoint before it was", "datapoints before it were")} written." : "";
        return error switch
        {
            IDatapointFault { Place: { } place } at => at.At(Start + place, Text(place, at.Reason)),
            StoreException store => new StoreException(store.Fault, store.Message + before, store.Target, store),
            _ => error,
        };

        string Text(int index, string? reason) => reason is null ? error.Message + before : $"Datapoint {Start + index + 1}: {reason}{before}";
    }
}
