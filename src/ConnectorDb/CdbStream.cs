using ConnectorDb.Contracts;

namespace ConnectorDb;

/// <summary>An append-only, time-ordered list of datapoints, owned by a device.</summary>
public sealed class CdbStream
{
    private readonly ICdbClient _client;

    public CdbStream(ICdbClient client) => _client = client;

    public required CdbPath Path { get; init; }

    public string Name => Path.Stream!;

    public string Device => Path.Device!;

    public string User => Path.User;

    public string Nickname { get; init; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    /// <summary>The JSON Schema that every value obeys, as JSON text; <c>{}</c> allows everything.</summary>
    public string Schema { get; init; } = "{}";

    /// <summary>What the values mean, for those who show them; free text.</summary>
    public string Datatype { get; init; } = "";

    /// <summary>Values are checked and passed on to subscribers, but not kept.</summary>
    public bool Ephemeral { get; init; }

    /// <summary>Others may ask for values by writing to the stream's downlink.</summary>
    public bool Downlink { get; init; }

    /// <summary>How many datapoints the stream holds now; asked of the database each time.</summary>
    public long Count => Wait(_client.CountAsync(Path, CancellationToken.None));

    /// <summary>The newest datapoint, null while there is none; asked of the database each time.</summary>
    public Datapoint? LastDatapoint => Wait(_client.LastAsync(Path, CancellationToken.None));

    public override string ToString() => Path.ToString();

    private static T Wait<T>(ValueTask<T> answer)
        => answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();
}
