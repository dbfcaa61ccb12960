namespace ConnectorDb.Sinks;

/// <summary>A bucket of Initial State. What is left out is looked for in <c>isstreamer.ini</c>, in the working and the home folder.</summary>
public sealed record InitialStateSettings : SinkSettings
{
    public const string DefaultUrl = "https://groker.init.st";

    public string? Url { get; init; }

    public SecretText? AccessKey { get; init; }

    /// <summary>By which the bucket is known to the service; the same one appends to the same bucket.</summary>
    public required string BucketKey { get; init; }

    /// <summary>As the bucket is shown; null for its key.</summary>
    public string? BucketName { get; init; }

    public override string Location => $"{(Url ?? DefaultUrl).TrimEnd('/')}/{BucketKey}";
}
