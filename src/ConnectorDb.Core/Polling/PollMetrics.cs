using System.Globalization;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// The metrics of a poller as values that are delivered like those of its items: an object named <see cref="Name"/> for the poller, and
/// <c>NAME_ITEM</c> for each item. Counts are since the start of the poller, times in seconds.
/// </summary>
public sealed record PollMetrics
{
    private const string Key = "poller.metrics";
    private const string ItemTag = "item";

    public required TimeSpan Interval { get; init; }

    public string Name { get; init; } = "poller";

    /// <summary>The error in these settings, or null.</summary>
    internal string? Fault => Interval >= TimeSpan.FromSeconds(1) && Interval <= TimeSpan.FromDays(1)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"The interval of the metrics is {Interval.TotalSeconds} s; it must be from 1 second to a day.");

    internal IEnumerable<PolledValue> Values(PollerStatus status, IReadOnlyList<PollItemStatus> items, double t)
    {
        yield return new PolledValue(new PollItem { Name = Name, Key = Key, Interval = Interval }, t, Of(
            ("items", status.Items),
            ("inProgress", status.InProgress),
            ("waiting", status.Waiting),
            ("hung", status.Hung),
            ("notAvailable", status.NotAvailable),
            ("values", status.Values),
            ("errors", status.Errors),
            ("missed", status.Missed),
            ("lag", status.Lag99.TotalSeconds),
            ("unwritten", status.Unwritten),
            ("dropped", status.Dropped)));
        foreach (PollItemStatus item in items)
        {
            yield return new PolledValue(ItemOf(item), t, Of(
                ("values", item.Values),
                ("errors", item.Errors),
                ("missed", item.Missed),
                ("lag", item.Lag.TotalSeconds),
                ("duration", item.Duration.TotalSeconds)));
        }
    }

    private PollItem ItemOf(PollItemStatus item) => new()
    {
        Name = $"{Name}_{item.Name}",
        Key = Key,
        Interval = Interval,
        Tags = new Dictionary<string, string> { [ItemTag] = item.Name },
    };

    /// <summary>All members are doubles, so that the type does not change with the value.</summary>
    private static DataValue Of(params (string Name, double Value)[] members)
        => DataValue.From(new DataObject([.. members.Select(member => KeyValuePair.Create(member.Name, DataValue.From(member.Value)))]));
}
