using System.ComponentModel;

namespace ConnectorDb.Sinks;

/// <summary>A bucket of Initial State. Missing settings are read from <c>isstreamer.ini</c> in the current folder or the home folder.</summary>
[Description("The key of a bucket of Initial State.")]
public sealed record InitialStateSettings : SinkSettings
{
    public const string DefaultUrl = "https://groker.init.st";

    [Description("The address of the service, if it is not the usual one.")]
    public string? Url { get; init; }

    [SinkParameter("ApiKey", Alias = "AccessKey")]
    [Description("The access key; by default the one in isstreamer.ini.")]
    public SecretText? AccessKey { get; init; }

    /// <summary>The key of the bucket. The same key appends to the same bucket.</summary>
    [SinkTarget]
    public required string BucketKey { get; init; }

    [Description("The display name of the bucket; by default its key.")]
    public string? BucketName { get; init; }

    public override string Location => $"{(Url ?? DefaultUrl).TrimEnd('/')}/{BucketKey}";
}
