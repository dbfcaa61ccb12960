namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>A datapoint that the database would not have.</summary>
/// <param name="Point">What it was.</param>
/// <param name="Position">Its place among the datapoints given for the stream, from 1.</param>
/// <param name="Error">What the database said.</param>
internal sealed record Rejection(Datapoint Point, long Position, CdbException Error)
{
    /// <summary>What was wrong with it.</summary>
    public string Reason => (Error as IDatapointFault)?.Reason ?? Error.Message;
}
