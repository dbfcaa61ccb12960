using System.Globalization;
using System.Text;

namespace ConnectorDb.Server.Monitoring;

/// <summary>The text format of Prometheus, version 0.0.4: families of values, each with what it means. What is a total counts up, all else goes up and down.</summary>
internal sealed class ExpositionText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private const string Prefix = "connectordb_";
    private readonly StringBuilder _text = new();

    public static string Labels(params IEnumerable<(string Name, string Value)> labels)
        => string.Join(',', labels.Select(label => $"{label.Name}=\"{Escaped(label.Value)}\""));

    public void Add(string name, string help, double value)
    {
        Head(name, TypeOf(name), help);
        _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name} {value}\n");
    }

    /// <summary>A family of values, told apart by their labels.</summary>
    public void Add(string name, string help, IEnumerable<(string Labels, double Value)> values)
    {
        Head(name, TypeOf(name), help);
        foreach ((string labels, double value) in values)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name}{{{labels}}} {value}\n");
        }
    }

    public void Histogram(string name, string help, IEnumerable<(string Labels, RequestMeter Meter)> meters)
    {
        Head(name, "histogram", help);
        foreach ((string labels, RequestMeter meter) in meters)
        {
            long[] counts = meter.Cumulated();
            for (int i = 0; i < RequestMeter.Bounds.Count; i++)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name}_bucket{{{labels},le=\"{RequestMeter.Bounds[i]}\"}} {counts[i]}\n");
            }

            _text.Append(CultureInfo.InvariantCulture, $"{Prefix}{name}_bucket{{{labels},le=\"+Inf\"}} {counts[^1]}\n{Prefix}{name}_sum{{{labels}}} {meter.Sum}\n{Prefix}{name}_count{{{labels}}} {counts[^1]}\n");
        }
    }

    public override string ToString() => _text.ToString();

    private void Head(string name, string type, string help)
        => _text.Append(CultureInfo.InvariantCulture, $"# HELP {Prefix}{name} {help}\n# TYPE {Prefix}{name} {type}\n");

    private static string TypeOf(string name) => name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge";

    private static string Escaped(string label)
        => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
