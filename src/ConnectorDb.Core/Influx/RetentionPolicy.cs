using System.Globalization;

namespace ConnectorDb.Core.Influx;

/// <summary>A retention policy of a database. Its points are told from those of other policies by the label of the database; its times only are told to clients, and delete nothing.</summary>
public sealed record RetentionPolicy(string Database, string Name)
{
    /// <summary>The name that the first policy of a database has when none is given.</summary>
    public const string FirstName = "autogen";

    /// <summary>The name by which some clients ask for the default policy.</summary>
    private const string DefaultName = "default";

    private const string NameLabel = "_policy";
    private const string DurationLabel = "_duration";
    private const string ShardDurationLabel = "_shard_duration";
    private const string ReplicasLabel = "_replication";
    private const string DefaultLabel = "_default";
    private const long Hour = 3_600_000_000_000;
    private const long ShortDuration = 2 * 24 * Hour;
    private const long MiddleDuration = 180 * 24 * Hour;
    private const string True = "true";

    /// <summary>Finds the markers of all policies that have properties.</summary>
    public static IReadOnlyList<LabelPattern> OfMarkers { get; } = [new LabelPattern(NameLabel, "*")];

    /// <summary>Its points have the plain name of the database in their label.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Points and queries without a policy belong to it.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Nanoseconds for which points are kept; 0 for ever.</summary>
    public long Duration { get; init; }

    /// <summary>Nanoseconds of a shard; 0 for the length that follows from the duration.</summary>
    public long ShardDuration { get; init; }

    public long Replicas { get; init; } = 1;

    /// <summary>The stream that keeps the policy; null when there is none yet.</summary>
    public CdbPath? Marker { get; init; }

    /// <summary>The value of the label of its points.</summary>
    public string Label => IsFirst ? Database : $"{Database}/{Name}";

    /// <summary>Nanoseconds of a shard, as InfluxDB derives them from the duration.</summary>
    public long ActualShardDuration => ShardDuration > 0 ? Math.Max(ShardDuration, Hour)
        : Duration == 0 || Duration >= MiddleDuration ? 7 * 24 * Hour
        : Duration >= ShortDuration ? 24 * Hour
        : Hour;

    public LabelSet Labels => new(
    [
        KeyValuePair.Create(FieldKey.DatabaseLabel, Label),
        KeyValuePair.Create(NameLabel, Name),
        KeyValuePair.Create(DurationLabel, Text(Duration)),
        KeyValuePair.Create(ShardDurationLabel, Text(ShardDuration)),
        KeyValuePair.Create(ReplicasLabel, Text(Replicas)),
        KeyValuePair.Create(DefaultLabel, IsDefault ? True : "false"),
    ]);

    /// <summary>The policy that a stream keeps; null when it keeps none.</summary>
    internal static RetentionPolicy? Of(CdbPath stream, LabelSet labels)
    {
        if (!labels.TryGetValue(FieldKey.DatabaseLabel, out string? label) || !labels.TryGetValue(NameLabel, out string? name) || stream.Stream != DatabaseMarker.NameOf(label))
        {
            return null;
        }

        bool isFirst = !label.EndsWith($"/{name}", StringComparison.Ordinal);
        return new RetentionPolicy(isFirst ? label : label[..^(name.Length + 1)], name)
        {
            IsFirst = isFirst,
            IsDefault = labels.TryGetValue(DefaultLabel, out string? isDefault) && isDefault == True,
            Duration = Number(labels, DurationLabel),
            ShardDuration = Number(labels, ShardDurationLabel),
            Replicas = Number(labels, ReplicasLabel),
            Marker = stream,
        };
    }

    /// <summary>The policies of a database, the first one before the others, and exactly one of them the default.</summary>
    /// <param name="kept">Those that streams keep, in the order in which they were created.</param>
    internal static IReadOnlyList<RetentionPolicy> AllOf(string database, IEnumerable<RetentionPolicy> kept)
    {
        RetentionPolicy[] own = [.. kept.Where(policy => policy.Database == database).DistinctBy(policy => policy.Label)];
        RetentionPolicy first = Array.Find(own, policy => policy.IsFirst) ?? new RetentionPolicy(database, FirstName) { IsFirst = true };
        RetentionPolicy[] all = [first, .. own.Where(policy => !policy.IsFirst)];
        string main = (Array.Find(all, policy => policy.IsDefault) ?? first).Label;
        return Array.ConvertAll(all, policy => policy with { IsDefault = policy.Label == main });
    }

    /// <summary>The policy with the name, or the default one without a name; null when there is none.</summary>
    internal static RetentionPolicy? Find(IReadOnlyList<RetentionPolicy> policies, string name)
        => policies.FirstOrDefault(policy => name.Length == 0 ? policy.IsDefault : policy.Name == name)
            ?? (name == DefaultName ? policies.First(policy => policy.IsDefault) : null);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(LabelSet labels, string key)
        => labels.TryGetValue(key, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
