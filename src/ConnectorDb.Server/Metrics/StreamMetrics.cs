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

    public static string Write(IEnumerable<(CdbStream Stream, Datapoint Newest)> streams)
    {
        List<(string Labels, double Value)> values = [];
        List<(string Labels, double Value)> times = [];
        foreach ((CdbStream stream, Datapoint newest) in streams)
        {
            (string, string)[] labels = [.. LabelsOf(stream)];
            int before = values.Count;
            if (newest.Value.Kind == DataKind.Object)
            {
                HashSet<string> names = new(StringComparer.Ordinal);
                values.AddRange(from member in newest.Value.AsObject().Members.ToArray()
                                let number = NumberOf(member.Value)
                                where number is not null && names.Add(member.Key)
                                select (PrometheusText.Labels([.. labels, (Member, member.Key)]), number.Value));
            }
            else if (NumberOf(newest.Value) is { } number)
            {
                values.Add((PrometheusText.Labels(labels), number));
            }

            if (values.Count > before)
            {
                times.Add((PrometheusText.Labels(labels), newest.T));
            }
        }

        PrometheusText text = new();
        text.Add(Value, "The newest value of a stream.", values);
        text.Add(Time, "The time of the newest value of a stream, in unix seconds.", times);
        return text.ToString();
    }

    private static double? NumberOf(DataValue value) => value.Kind switch
    {
        DataKind.Integer or DataKind.Number => value.AsDouble(),
        DataKind.Boolean => value.AsBoolean() ? 1 : 0,
        _ => null,
    };

    /// <summary>The path, and the labels of the stream, whose keys can have characters that those of Prometheus cannot.</summary>
    private static IEnumerable<(string Name, string Value)> LabelsOf(CdbStream stream)
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
