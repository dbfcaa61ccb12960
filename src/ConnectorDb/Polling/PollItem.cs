using System.Globalization;

namespace ConnectorDb.Polling;

/// <summary>One thing to measure, and how often.</summary>
public sealed record PollItem
{
    private static readonly TimeSpan s_longestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The names of its values.</summary>
    public required string Name { get; init; }

    /// <summary>The sampler: <see cref="SamplerInfo.Key"/>.</summary>
    public required string Key { get; init; }

    public string? Argument { get; init; }

    /// <summary>One second at least.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>After which a measurement is ended without a value; null for the interval, and 30 seconds at most.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The stream the values go to; null for the one of the item's name.</summary>
    public string? Stream { get; init; }

    public string? Unit { get; init; }

    /// <summary>The tags of its points in a measurement.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = value as LabelSet ?? new LabelSet(value); } = LabelSet.None;

    /// <summary>The time that a measurement really has.</summary>
    public TimeSpan TimeLimit => Timeout ?? (Interval < s_longestTimeout ? Interval : s_longestTimeout);

    /// <summary>Problems of the item, one sentence each; empty when there are none.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return "An item needs a name.";
        }

        if (string.IsNullOrWhiteSpace(Key))
        {
            yield return $"The item '{Name}' needs a key: which sampler measures it.";
        }

        if (Interval == TimeSpan.Zero)
        {
            yield return $"The item '{Name}' needs an interval: 1 second to 366 days.";
        }
        else if (Interval < TimeSpan.FromSeconds(1) || Interval > TimeSpan.FromDays(366))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The interval of '{Name}' is {Interval.TotalSeconds} s; it can be 1 second to 366 days.");
        }

        if (Timeout is { } limit && (limit <= TimeSpan.Zero || limit > TimeSpan.FromDays(1)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The timeout of '{Name}' is {limit.TotalSeconds} s; it has to be more than 0, and a day at most.");
        }
    }

    public override string ToString() => Name;
}
