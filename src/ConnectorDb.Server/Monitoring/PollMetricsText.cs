using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb.Server.Monitoring;

/// <summary>How the poller stands, for <c>/metrics</c>: all of it, and each item by its name.</summary>
internal static class PollMetricsText
{
    /// <param name="poller">Null for none, of which nothing is said.</param>
    public static void AddTo(ExpositionText text, IPoller? poller)
    {
        if (poller is null)
        {
            return;
        }

        PollerStatus status = poller.GetStatus();
        text.Add("poll_items", "Items that are polled.", status.Items);
        text.Add("poll_values_total", "Values that were measured.", status.Values);
        text.Add("poll_errors_total", "Measurements without a value.", status.Errors);
        text.Add("poll_missed_total", "Due times at which an item was not measured.", status.Missed);
        text.Add("poll_in_progress", "Measurements under way.", status.InProgress);
        text.Add("poll_waiting", "Items that are due and wait for their turn.", status.Waiting);
        text.Add("poll_hung", "Items whose measurement does not end.", status.Hung);
        text.Add("poll_not_available", "Items that this machine does not have.", status.NotAvailable);
        text.Add("poll_lag_seconds", "Within which 99 of 100 of the last measurements began.", status.Lag99.TotalSeconds);
        text.Add("poll_unwritten", "Values that the logger has not taken yet.", status.Unwritten);
        text.Add("poll_dropped_total", "Values that were given up: the logger refused them, or too many could not be written.", status.Dropped);

        IReadOnlyList<PollItemStatus> items = poller.Items;
        AddItems("values_total", "Values that were measured of an item.", item => item.Values);
        AddItems("errors_total", "Measurements of an item without a value.", item => item.Errors);
        AddItems("missed_total", "Due times at which the item was not measured.", item => item.Missed);
        AddItems("lag_seconds", "How much later than due the last measurement of an item began.", item => item.Lag.TotalSeconds);
        AddItems("duration_seconds", "How long the last measurement of an item took.", item => item.Duration.TotalSeconds);

        void AddItems(string name, string help, Func<PollItemStatus, double> value)
            => text.Add($"poll_item_{name}", help, items.Select(item => (ExpositionText.Labels(("item", item.Name)), value(item))));
    }
}
