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
    [SinkTarget(IsOptional = true)]
    public required string BucketKey { get; init; }

    [Description("The display name of the bucket; by default its key.")]
    public string? BucketName { get; init; }

    [SinkParameter(IsPath = true)]
    [Description("The settings file of the Initial State streamer; by default isstreamer.ini in the current or the home folder.")]
    public string? IniFile { get; init; }

    [SinkParameter(IsPath = true)]
    [Description("A CSV file that gets the events instead of Initial State.")]
    public string? OfflineFile { get; init; }

    /// <summary>True when the key of the bucket was generated. A logger keeps it as long as the bucket has the same name.</summary>
    [Browsable(false)]
    public bool HasGeneratedKey { get; init; }

    /// <summary>True after the missing settings were read from isstreamer.ini, which is then not read again.</summary>
    [Browsable(false)]
    public bool IsComplete { get; init; }

    public override string Location => OfflineFile ?? $"{Address}/{BucketKey}";

    private string Address => (Url ?? DefaultUrl).TrimEnd('/');

    public override SinkSettings Continue(SinkSettings old)
        => HasGeneratedKey && old is InitialStateSettings { HasGeneratedKey: true } kept && (kept.Address, kept.BucketName) == (Address, BucketName)
            ? this with { BucketKey = kept.BucketKey }
            : this;
}
