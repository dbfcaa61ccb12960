using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>
/// How a poller stands, as values that go where those of its items go: an object for all of it, called <see cref="Name"/>, and one for each item,
/// called <c>NAME_ITEM</c>. Counts are since the poller was started, times in seconds.
/// </summary>
public sealed record PollMetrics
{
    private const string Key = "poller.metrics";
    private const string ItemTag = "item";

    public required TimeSpan Interval { get; init; }

    public string Name { get; init; } = "poller";

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Fault => Interval >= TimeSpan.FromSeconds(1) && Interval <= TimeSpan.FromDays(1)
        ? null
        : $"The interval of the metrics is {Interval.TotalSeconds} s; it can be 1 second to a day.";

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

    /// <summary>Numbers all, so that one that happens to be whole is of no other type.</summary>
    private static DataValue Of(params (string Name, double Value)[] members)
        => DataValue.From(new DataObject([.. members.Select(member => KeyValuePair.Create(member.Name, DataValue.From(member.Value)))]));
}
