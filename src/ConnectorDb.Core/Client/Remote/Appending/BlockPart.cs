using ConnectorDb.Columns;
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

        CdbPath stream = Points.Stream;
        string before = written > 0 ? $" The {written} datapoints before were written." : "";
        return error switch
        {
            SchemaViolationException at => new SchemaViolationException(Text(at.Index, at.Reason), stream, Start + at.Index) { Reason = at.Reason },
            TimeOrderException at => new TimeOrderException(Text(at.Index, at.Reason), stream, Start + at.Index) { Reason = at.Reason },
            InvalidValueException { Place: { } place } at => new InvalidValueException(Text(place, at.Reason), stream) { Place = Start + place, Reason = at.Reason },
            StoreException store => new StoreException(store.Fault, store.Message + before, store.Target, store),
            _ => error,
        };

        string Text(int index, string? reason) => reason is null ? error.Message + before : $"Datapoint {Start + index}: {reason}{before}";
    }
}
