namespace ConnectorDb;

/// <summary>An error that is about one datapoint of an append.</summary>
public interface IDatapointFault
{
    /// <summary>The place of the datapoint in the append, from 0; null when the error is about something else.</summary>
    int? Place { get; }

    /// <summary>What is wrong with the datapoint, for those who say themselves which one it is; null when only the message knows.</summary>
    string? Reason { get; }
}
