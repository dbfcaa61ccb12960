using System.ComponentModel;
using System.Text.Json.Serialization;

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
[Description("The address of a ConnectorDB server, or the file of a store.")]
public sealed record ConnectorDbSettings : SinkSettings
{
    /// <summary>The address of a server.</summary>
    [Browsable(false)]
    public string? Url { get; init; }

    /// <summary>The file of an embedded store. The user's own store when <see cref="Url"/> is null too.</summary>
    [Browsable(false)]
    public string? Path { get; init; }

    /// <summary>The address or the file.</summary>
    [JsonIgnore]
    [SinkTarget(SinkTargetForm.AddressOrFile)]
    public string? Target
    {
        get => Url ?? Path;
        init
        {
            bool isAddress = SinkKind.IsAddress(value);
            (Url, Path) = (isAddress ? value : null, isAddress ? null : value);
        }
    }

    [Description("The API key of the device to log in as.")]
    public SecretText? ApiKey { get; init; }

    [Description("The name of the user to log in as, without an API key.")]
    public string? UserName { get; init; }

    [Description("The password of the user.")]
    public SecretText? Password { get; init; }

    [Description("The device to act as in a store.")]
    public string? As { get; init; }

    /// <summary>The folder of the secrets of an embedded store; null for the user's own folder.</summary>
    [Browsable(false)]
    public string? KeyFolder { get; init; }

    /// <summary>A missing store is an error, instead of being created.</summary>
    [Browsable(false)]
    [JsonIgnore]
    public bool MustExist { get; init; }

    [Description("Give datapoints older than the newest of their stream its time, instead of setting them aside.")]
    public bool Restamp { get; init; }

    [SinkParameter("PointLayout")]
    [Description("How points with several fields are stored.")]
    public PointLayout Points { get; init; }

    public override string Location => Target ?? "the user's own store";
}
