using System.Text;

namespace ConnectorDb.Server.Metrics;

/// <summary>The newest values of streams as metrics: a number or boolean, or those among the members of an object.</summary>
internal static class StreamMetrics
{
    private const string Value = "stream_value";
    private const string Time = "stream_timestamp_seconds";
    private const string Member = "member";

    /// <summary>Set by us, or with a meaning for Prometheus.</summary>
    private static readonly string[] s_reserved = ["user", "device", "stream", Member, "job", "instance", "le", "quantile"];

    public static string ValueHead => PrometheusText.Head(Value, "gauge", "The newest value of a stream.");

    public static string TimeHead => PrometheusText.Head(Time, "gauge", "The time of the newest value of a stream, in unix seconds.");

    /// <summary>The path and the labels of a stream.</summary>
    public static string LabelsOf(CdbStream stream) => PrometheusText.Labels(PairsOf(stream));

    /// <summary>A line for each number of the newest value.</summary>
    public static IEnumerable<string> ValuesOf(string labels, DataValue newest)
    {
        if (newest.Kind != DataKind.Object)
        {
            return NumberOf(newest) is { } only ? [PrometheusText.Line(Value, labels, only)] : [];
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        return from member in newest.AsObject().Members.ToArray()
               let number = NumberOf(member.Value)
               where number is not null && names.Add(member.Key)
               select PrometheusText.Line(Value, $"{labels},{PrometheusText.Labels((Member, member.Key))}", number.Value);
    }

    public static string TimeOf(string labels, double t) => PrometheusText.Line(Time, labels, t);

    private static double? NumberOf(DataValue value) => value.Kind switch
    {
        DataKind.Integer or DataKind.Number => value.AsDouble(),
        DataKind.Boolean => value.AsBoolean() ? 1 : 0,
        _ => null,
    };

    /// <summary>The path, and the labels of the stream, whose keys can have characters that those of Prometheus cannot.</summary>
    private static IEnumerable<(string Name, string Value)> PairsOf(CdbStream stream)
    {
        CdbPath path = stream.GetPath();
        yield return ("user", path.User);
        yield return ("device", path.Device!);
        yield return ("stream", path.Stream!);
        HashSet<string> taken = [.. s_reserved];
        foreach ((string key, string value) in stream.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            string name = NameOf(key);
            for (int i = 2; !taken.Add(name); i++)
            {
                name = $"{NameOf(key)}_{i}";
            }

            yield return (name, value);
        }
    }

    private static string NameOf(string key)
    {
        StringBuilder name = new(key.Length);
        foreach (char c in key)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        string text = name.ToString();

        // Names that begin with __ are Prometheus's own.
        bool isPlain = text.Length > 0 && !char.IsAsciiDigit(text[0]) && !text.StartsWith("__", StringComparison.Ordinal) && !s_reserved.Contains(text);
        return isPlain ? text : $"label_{text}";
    }
}
