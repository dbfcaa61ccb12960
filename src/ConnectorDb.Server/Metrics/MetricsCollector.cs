using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace ConnectorDb.Server.Metrics;

/// <summary>Listens to the meters of this server and renders their values for a scrape.</summary>
internal sealed class MetricsCollector : IDisposable
{
    /// <summary>The names of our own meters begin with this.</summary>
    public const string OwnMeters = "ConnectorDb.";

    /// <summary>The tag of measurements with the name of a poll item.</summary>
    public const string ItemTag = "item";

    private const string NoRoute = "none";
    private const string OtherMethod = "other";

    /// <summary>A caller can invent methods, and each would be a label that stays.</summary>
    private static readonly HashSet<string> s_methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT"];

    private const string RequestDuration = "http.server.request.duration";
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), DurationHistogram> _requests = new();
    private readonly Dictionary<Instrument, List<(string Labels, double Value)>> _observed = [];
    private readonly HashSet<Instrument> _named = [];

    /// <param name="meters">The factory of this host: other servers in the same process have their own.</param>
    public MetricsCollector(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && (instrument.Name == RequestDuration || instrument.Meter.Name.StartsWith(OwnMeters, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Observe(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == RequestDuration)
            {
                AddRequest(value, tags);
            }
            else
            {
                Observe(instrument, value, tags);
            }
        });
        _listener.Start();
    }

    /// <summary>All values at this moment, in the text format of Prometheus.</summary>
    /// <param name="withNames">False to omit the values of single poll items.</param>
    public string Scrape(bool withNames)
    {
        lock (_gate)
        {
            _observed.Clear();
            _listener.RecordObservableInstruments();
            PrometheusText text = new();

            // ToArray takes one snapshot; LINQ over the dictionary itself copies it in two steps, which fails when a request ends in between.
            text.AddHistogram("http_request_duration_seconds", "Duration of requests by route and status.", _requests.ToArray().OrderBy(request => request.Key).Select(request => (Labels(request.Key), request.Value)));
            foreach ((Instrument instrument, List<(string, double)> values) in _observed.Where(observed => withNames || !_named.Contains(observed.Key)))
            {
                text.Add(instrument.Name, instrument.Description ?? "", values);
            }

            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Called on the thread of the scrape, which holds the lock.</summary>
    private void Observe(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_observed.TryGetValue(instrument, out List<(string, double)>? values))
        {
            _observed[instrument] = values = [];
        }

        if (tags.Length > 0 && tags[0].Key == ItemTag)
        {
            _named.Add(instrument);
        }

        values.Add((PrometheusText.Labels([.. tags.ToArray().Select(tag => (tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture)!))]), value));
    }

    private void AddRequest(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        (string method, string route, int status) = ("", NoRoute, 0);
        foreach ((string name, object? value) in tags)
        {
            switch (name)
            {
                case "http.request.method":
                    method = value is string given && s_methods.Contains(given) ? given : OtherMethod;
                    break;
                case "http.route":
                    route = (string)value!;
                    break;
                case "http.response.status_code":
                    status = (int)value!;
                    break;
                default:
                    break;
            }
        }

        _requests.GetOrAdd((method, route, status), _ => new DurationHistogram()).Add(seconds);
    }

    private static string Labels((string Method, string Route, int Status) request)
        => PrometheusText.Labels(("method", request.Method), ("route", request.Route), ("status", request.Status.ToString(CultureInfo.InvariantCulture)));
}
