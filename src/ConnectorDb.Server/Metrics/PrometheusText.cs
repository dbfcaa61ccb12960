using System.Globalization;
using System.Text;

namespace ConnectorDb.Server.Metrics;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const string Prefix = "connectordb_";
    private readonly StringBuilder _text = new();

    public static string Labels(params IEnumerable<(string Name, string Value)> labels)
        => string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""));

    /// <summary>The lines before the values of a metric.</summary>
    public static string Head(string name, string type, string help) => $"# HELP {Prefix}{name} {help}\n# TYPE {Prefix}{name} {type}\n";

    /// <summary>A value of a metric.</summary>
    public static string Line(string name, string labels, double value)
        => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value}\n");

    /// <summary>Adds a counter when the name ends in <c>_total</c>, a gauge otherwise.</summary>
    public void Add(string name, string help, IEnumerable<(string Labels, double Value)> values)
    {
        _text.Append(Head(name, name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge", help));
        foreach ((string labels, double value) in values)
        {
            _text.Append(Line(name, labels, value));
        }
    }

    public void AddHistogram(string name, string help, IEnumerable<(string Labels, DurationHistogram Histogram)> histograms)
    {
        _text.Append(Head(name, "histogram", help));
        foreach ((string labels, DurationHistogram histogram) in histograms)
        {
            long[] counts = histogram.CumulativeCounts();
            for (int i = 0; i < DurationHistogram.Bounds.Count; i++)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name}_bucket{{{labels},le=\"{DurationHistogram.Bounds[i]}\"}} {counts[i]}\n");
            }

            _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name}_bucket{{{labels},le=\"+Inf\"}} {counts[^1]}\n{Prefix}{name}_sum{{{labels}}} {histogram.Sum}\n{Prefix}{name}_count{{{labels}}} {counts[^1]}\n");
        }
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string label)
        => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
