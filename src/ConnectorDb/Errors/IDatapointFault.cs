namespace ConnectorDb;

/// <summary>An error of one datapoint of an append.</summary>
public interface IDatapointFault
{
    /// <summary>The index of the datapoint in the append, from 0; null for other errors.</summary>
    int? Place { get; }

    /// <summary>The reason without the index of the datapoint; null when the message contains no index.</summary>
    string? Reason { get; }

    /// <summary>The same error with the index of the datapoint in a larger append, and a message that counts there.</summary>
    /// <param name="place">From 0.</param>
    /// <param name="message">It counts datapoints from 1.</param>
    CdbException At(int place, string message);
}
