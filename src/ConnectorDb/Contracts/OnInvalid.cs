namespace ConnectorDb.Contracts;

/// <summary>The behaviour of an append when some datapoints are invalid.</summary>
public enum OnInvalid
{
    /// <summary>Stores nothing and throws the first error.</summary>
    RejectAll,

    /// <summary>Stores the valid datapoints and returns the others with the reason.</summary>
    RejectInvalid,

    /// <summary>Stores the datapoints before the first invalid one, block by block, and returns that one with the reason. Later ones are not stored.</summary>
    StopAtInvalid,
}
