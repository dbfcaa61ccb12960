using System.Diagnostics.Metrics;
using ConnectorDb.Contracts;
using ConnectorDb.Polling;
using ConnectorDb.Server.Metrics;

namespace ConnectorDb.Server.Polling;

/// <summary>The instruments of the poller: its totals, and the counts and times of each item.</summary>
internal static class PollerMetrics
{
    public static void AddPoller(this IMeterFactory meters, IPoller poller)
    {
        Meter meter = meters.Create(MetricsCollector.OwnMeters + "Polling");
        Gauge("poll_items", "Items that are polled.", status => status.Items);
        Counter("poll_values_total", "Values that were measured.", status => status.Values);
        Counter("poll_errors_total", "Measurements that failed.", status => status.Errors);
        Counter("poll_missed_total", "Due times at which an item was not measured.", status => status.Missed);
        Gauge("poll_in_progress", "Measurements in progress.", status => status.InProgress);
        Gauge("poll_waiting", "Items that are due and wait for a free slot.", status => status.Waiting);
        Gauge("poll_hung", "Items whose measurement did not end in time and still runs.", status => status.Hung);
        Gauge("poll_not_available", "Items that this machine cannot measure.", status => status.NotAvailable);
        Gauge("poll_lag_seconds", "The 99th percentile of the delay with which recent measurements began.", status => status.Lag99.TotalSeconds);
        Gauge("poll_unwritten", "Values that are not written to the logger yet.", status => status.Unwritten);
        Counter("poll_dropped_total", "Values that were dropped: refused by the logger, or too many to keep.", status => status.Dropped);

        ItemCounter("poll_item_values_total", "Values of an item that were measured.", item => item.Values);
        ItemCounter("poll_item_errors_total", "Measurements of an item that failed.", item => item.Errors);
        ItemCounter("poll_item_missed_total", "Due times at which the item was not measured.", item => item.Missed);
        ItemGauge("poll_item_lag_seconds", "Delay with which the last measurement of an item began.", item => item.Lag.TotalSeconds);
        ItemGauge("poll_item_duration_seconds", "Duration of the last measurement of an item.", item => item.Duration.TotalSeconds);

        void Gauge(string name, string help, Func<PollerStatus, double> value) => meter.CreateObservableGauge(name, () => value(poller.GetStatus()), description: help);

        void Counter(string name, string help, Func<PollerStatus, double> value) => meter.CreateObservableCounter(name, () => value(poller.GetStatus()), description: help);

        void ItemGauge(string name, string help, Func<PollItemStatus, double> value) => meter.CreateObservableGauge(name, () => Items(value), description: help);

        void ItemCounter(string name, string help, Func<PollItemStatus, double> value) => meter.CreateObservableCounter(name, () => Items(value), description: help);

        IEnumerable<Measurement<double>> Items(Func<PollItemStatus, double> value)
            => poller.Items.Select(item => new Measurement<double>(value(item), new KeyValuePair<string, object?>(MetricsCollector.ItemTag, item.Name)));
    }
}
