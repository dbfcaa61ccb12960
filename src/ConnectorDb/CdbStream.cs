using ConnectorDb.Contracts;

namespace ConnectorDb;

/// <summary>An append-only, time-ordered list of datapoints, owned by a device.</summary>
public sealed class CdbStream
{
    private readonly ICdbClient _client;

    internal CdbStream(ICdbClient client, StreamDefinition fields)
    {
        _client = client;
        Fields = fields;
    }

    public required CdbPath Path { get; init; }

    public string Name => Path.Stream!;

    public string Device => Path.Device!;

    public string User => Path.User;

    public string Nickname => Fields.Nickname ?? "";

    public string Description => Fields.Description ?? "";

    public string Icon => Fields.Icon ?? "";

    /// <summary>The JSON Schema of the values, as JSON text; <c>{}</c> allows any value.</summary>
    public string Schema => Fields.Schema ?? "{}";

    /// <summary>The meaning of the values, as free text for user interfaces.</summary>
    public string Datatype => Fields.Datatype ?? "";

    /// <summary>Datapoints are validated and sent to subscribers, but not stored.</summary>
    public bool Ephemeral => Fields.Ephemeral is true;

    /// <summary>Other devices can write to the downlink of the stream.</summary>
    public bool Downlink => Fields.Downlink is true;

    /// <summary>The current number of datapoints; each access asks the database.</summary>
    public long Count => Wait(_client.CountAsync(Path, CancellationToken.None));

    /// <summary>The newest datapoint, null when there is none; each access asks the database.</summary>
    public Datapoint? LastDatapoint => Wait(_client.LastAsync(Path, CancellationToken.None));

    internal StreamDefinition Fields { get; }

    public override string ToString() => Path.ToString();

    private static T Wait<T>(ValueTask<T> answer)
        => answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
}
