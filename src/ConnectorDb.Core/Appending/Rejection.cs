namespace ConnectorDb.Core.Appending;

/// <summary>The error of a datapoint among many: its position, and what became of the others.</summary>
public static class Rejection
{
    /// <param name="error">The error of the datapoint.</param>
    /// <param name="target">The stream or channel.</param>
    /// <param name="position">The position of the datapoint among all for the target, from 1.</param>
    /// <param name="stored">How many datapoints were stored, if nothing after this one is stored; null if the others are stored.</param>
    public static CdbException Describe(CdbException error, object target, long position, long? stored)
    {
        if (error is not IDatapointFault fault)
        {
            return error;
        }

        string text = $"Datapoint {position} for '{target}' was not stored";
        string reason = fault.Reason ?? error.Message;
        return fault.At(
            (int)Math.Min(position - 1, int.MaxValue),
            stored switch
            {
                null => $"{text}; the valid ones are. {reason}",
                0 => $"{text}, nor anything after it. {reason}",
                1 => $"{text}, nor anything after it; the one before it is. {reason}",
                _ => $"{text}, nor anything after it; the {stored} before it are. {reason}",
            });
    }
}
