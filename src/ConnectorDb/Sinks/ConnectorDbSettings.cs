namespace ConnectorDb.Sinks;

/// <summary>The mapping of points with several fields to streams.</summary>
public enum PointLayout
{
    /// <summary>One stream of objects with the fields and tags as members.</summary>
    ObjectStream,

    /// <summary>One stream for each field, named MEASUREMENT_FIELD, without the tags.</summary>
    StreamPerField,
}

/// <summary>A ConnectorDB, embedded or on a server. Each datapoint is stored exactly once and in order.</summary>
public sealed record ConnectorDbSettings : SinkSettings
{
    /// <summary>The address of a server.</summary>
    public string? Url { get; init; }

    /// <summary>The file of an embedded store; null, as the address, for the user's own store.</summary>
    public string? Path { get; init; }

    public SecretText? ApiKey { get; init; }

    /// <summary>With <see cref="Password"/>, for those who log in without a key.</summary>
    public string? UserName { get; init; }

    public SecretText? Password { get; init; }

    /// <summary>The device to act as in an embedded store.</summary>
    public string? As { get; init; }

    /// <summary>Where the secrets of an embedded store lie; null for the user's own folder.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>Give datapoints older than the newest there its time, instead of setting them aside.</summary>
    public bool Restamp { get; init; }

    public PointLayout Points { get; init; }

    public override string Location => Url ?? Path ?? "the user's own store";
}
