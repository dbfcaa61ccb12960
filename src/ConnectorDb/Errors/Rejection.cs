namespace ConnectorDb;

/// <summary>Describes the error of one datapoint of many.</summary>
public static class Rejection
{
    /// <summary>The error with the position of the datapoint and the fate of the others.</summary>
    /// <param name="error">The error of the datapoint.</param>
    /// <param name="target">The stream or channel.</param>
    /// <param name="position">The position of the datapoint among all for the target, from 1.</param>
    /// <param name="stored">How many datapoints were stored, if nothing after this one is stored; null if the others are stored.</param>
    /// <param name="isOnly">True if the target has no other datapoints so far.</param>
    public static CdbException Describe(CdbException error, object target, long position, long? stored, bool isOnly)
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
                null when isOnly => $"{text}. {reason}",
                null => $"{text}; the valid ones are. {reason}",
                0 => $"{text}, nor anything after it. {reason}",
                1 => $"{text}, nor anything after it; the one before it is. {reason}",
                _ => $"{text}, nor anything after it; the {stored} before it are. {reason}",
            });
    }
}
