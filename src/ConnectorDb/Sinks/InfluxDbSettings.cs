namespace ConnectorDb.Sinks;

/// <summary>
/// An InfluxDB. Points are written under their measurement, tags and time, so that sending them again changes nothing; of
/// datapoints of one stream with the same time the last one stays.
/// </summary>
public sealed record InfluxDbSettings : SinkSettings
{
    public required string Url { get; init; }

    /// <summary>The major version of the server: 1, 2 or 3.</summary>
    public int Version { get; init; } = 2;

    /// <summary>The database of version 1, the bucket of version 2, the database of version 3.</summary>
    public required string Database { get; init; }

    /// <summary>Version 1: make the database when it is not there.</summary>
    public bool CreateDatabase { get; init; }

    /// <summary>Version 1: where it is not the default.</summary>
    public string? RetentionPolicy { get; init; }

    /// <summary>Version 2.</summary>
    public string? Organization { get; init; }

    /// <summary>Versions 2 and 3.</summary>
    public SecretText? Token { get; init; }

    /// <summary>Version 1, with <see cref="Password"/>.</summary>
    public string? UserName { get; init; }

    public SecretText? Password { get; init; }

    /// <summary>Tags that every point gets which has no such tag of its own.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Write integers as floats, for fields that have been floats before.</summary>
    public bool FloatsOnly { get; init; }

    public override string Location => $"{Url.TrimEnd('/')}/{Database}";
}
