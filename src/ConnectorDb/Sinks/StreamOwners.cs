namespace ConnectorDb.Sinks;

/// <summary>
/// Assigns each stream of a ConnectorDB destination to one channel, or to one field of a measurement. A stream in which two of them mix
/// rejects the older of their values, and nobody can tell which is which.
/// </summary>
public sealed class StreamOwners
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>Assigns a stream to its first owner.</summary>
    /// <param name="owner">A channel or field as text for users.</param>
    /// <returns>The reason why the stream belongs to another owner; null when it is assigned.</returns>
    public string? Claim(string stream, string owner)
        => _owners.TryAdd(stream, owner) || _owners[stream] == owner
            ? null
            : $"{owner} and {_owners[stream]} would both be the stream '{stream}' at a ConnectorDB destination. Choose another name for one of them.";
}
