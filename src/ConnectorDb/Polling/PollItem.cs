using System.Globalization;

namespace ConnectorDb.Polling;

/// <summary>One thing to measure, and how often.</summary>
public sealed record PollItem
{
    private static readonly TimeSpan s_shortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(366);

    /// <summary>The names of its values.</summary>
    public required string Name { get; init; }

    /// <summary>The sampler: <see cref="SamplerInfo.Key"/>.</summary>
    public required string Key { get; init; }

    public string? Argument { get; init; }

    /// <summary>0.01 seconds to 366 days. The clock of Windows has steps of 0.016 seconds; slots between them are missed.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>After which a measurement is ended without a value; null for the interval, but 1 second at least and 30 seconds at most.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The stream the values go to; null for the one of the item's name.</summary>
    public string? Stream { get; init; }

    public string? Unit { get; init; }

    /// <summary>The tags of its points in a measurement.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = value as LabelSet ?? new LabelSet(value); } = LabelSet.None;

    /// <summary>The time that a measurement really has.</summary>
    public TimeSpan TimeLimit => Timeout ?? TimeSpan.FromTicks(Math.Clamp(Interval.Ticks, s_shortestTimeout.Ticks, s_longestTimeout.Ticks));

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
            yield return $"The item '{Name}' needs an interval: 0.01 seconds to 366 days.";
        }
        else if (Interval < s_shortest || Interval > s_longest)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The interval of '{Name}' is {Interval.TotalSeconds} s; it can be 0.01 seconds to 366 days.");
        }

        if (Timeout is { } limit && (limit <= TimeSpan.Zero || limit > TimeSpan.FromDays(1)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The timeout of '{Name}' is {limit.TotalSeconds} s; it has to be more than 0, and a day at most.");
        }
    }

    public override string ToString() => Name;
}
