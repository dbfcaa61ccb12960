namespace ConnectorDb.Contracts;

/// <summary>What an append does when some datapoints cannot be stored.</summary>
public enum OnInvalid
{
    /// <summary>Stores nothing and throws the first error.</summary>
    RejectAll,

    /// <summary>Stores the valid datapoints and returns the others with the reason.</summary>
    RejectInvalid,
}
