using System.ComponentModel;

namespace ConnectorDb.Sinks;

/// <summary>
/// An InfluxDB. Sending a point twice changes nothing, because InfluxDB identifies points by measurement, tags and time. Of several
/// datapoints of a stream with the same time the last one remains.
/// </summary>
[Description("The address of an InfluxDB.")]
public sealed record InfluxDbSettings : SinkSettings
{
    [SinkTarget]
    public required string Url { get; init; }

    [SinkParameter(Min = 1, Max = 3)]
    [Description("The major version of InfluxDB: 1, 2 or 3; 2 by default.")]
    public int Version { get; init; } = 2;

    [SinkParameter("Database", Alias = "Bucket")]
    [Description("The database, or the bucket of version 2.")]
    public required string Database { get; init; }

    [Description("Create the database if it is missing. Version 1 only.")]
    public bool CreateDatabase { get; init; }

    [Description("The retention policy. Version 1 only.")]
    public string? RetentionPolicy { get; init; }

    [Description("The organization. Version 2 only.")]
    public string? Organization { get; init; }

    [Description("The token. Versions 2 and 3.")]
    public SecretText? Token { get; init; }

    [Description("The name of the user. Version 1.")]
    public string? UserName { get; init; }

    [Description("The password of the user. Version 1.")]
    public SecretText? Password { get; init; }

    [SinkParameter("Tag")]
    [Description("Default tags of all points.")]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [Description("Write integers as floats, for fields that have been floats before.")]
    public bool FloatsOnly { get; init; }

    public override string Location => $"{Url.TrimEnd('/')}/{Database}";
}
