using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Computes aggregates of windows from the statistics of segments, which are not decoded where these suffice.</summary>
internal sealed class SummaryWindows(SelectStatement statement, PointCollector collector, TimeWindows windows, IInfluxStreams streams)
{
    /// <summary>From here on not all integers are doubles.</summary>
    private const double MaxExact = 1L << 53;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long Forever = 1_000_000_000_000;

    private readonly Dictionary<(string Field, TimeRange Range), SortedDictionary<long, WindowSummary>?> _known = [];

    /// <summary>The points of a call; null when statistics do not have them.</summary>
    public List<InfluxPoint>? TryEvaluate(CallExpression call, TimeRange range)
    {
        if (call.Function is not ("mean" or "sum" or "count" or "min" or "max" or "spread")
            || call.Arguments is not [NameExpression { Type: null or "field" } field]
            || (windows.Length > 0 && (!windows.AreRegular || statement.Fill == FillKind.Linear))
            || collector.KindOf(field.Name) is not { } kind
            || (kind != FieldKind.Number && call.Function != "count"))
        {
            return null;
        }

        if (!_known.TryGetValue((field.Name, range), out SortedDictionary<long, WindowSummary>? found))
        {
            _known[(field.Name, range)] = found = Summarize(field.Name, range);
        }

        if (found is null || (call.Function != "count" && found.Values.Any(window => !window.IsExact)))
        {
            return null;
        }

        IEnumerable<InfluxPoint> points = found.Select(window => InfluxPoint.Of(window.Key, window.Value.Value(call.Function)));
        return [.. statement.IsDescending ? points.Reverse() : points];
    }

    private SortedDictionary<long, WindowSummary>? Summarize(string field, TimeRange range)
    {
        SortedDictionary<long, WindowSummary> found = [];
        foreach (SelectedSeries selected in collector.Set.Series)
        {
            if (!selected.Series.Fields.ContainsKey(field))
            {
                continue;
            }

            if (selected.Condition is not null || selected.Series.StreamOf(field) is not { } stream || !IsWhole(range))
            {
                return null;
            }

            bool hasWindows = windows.Length > 0;
            foreach (StreamSummary column in streams.Summarize(stream, After(range), UpTo(range), hasWindows ? windows.Length / NanosecondsPerSecond : Forever, hasWindows ? windows.Offset / NanosecondsPerSecond : 0))
            {
                long start = hasWindows ? (long)Math.Round(column.FromT!.Value) * NanosecondsPerSecond : range.From == TimeRange.Earliest ? 0 : range.From;
                found[start] = found.GetValueOrDefault(start).With(column);
            }
        }

        return found;
    }

    /// <summary>The ends of the range are whole microseconds, as times of datapoints are.</summary>
    private static bool IsWhole(TimeRange range)
        => (range.From == TimeRange.Earliest || range.From % 1000 is 0 or 1) && (range.To == TimeRange.Latest || range.To % 1000 is 0 or 999 or -1);

    private static double After(TimeRange range) => range.From == TimeRange.Earliest ? double.NegativeInfinity : (Microseconds(range.From) + (range.From % 1000 == 0 ? -0.5 : 0.5)) / 1e6;

    private static double UpTo(TimeRange range) => range.To == TimeRange.Latest ? double.PositiveInfinity : (Microseconds(range.To) + 0.5) / 1e6;

    private static long Microseconds(long nanoseconds) => (nanoseconds - (((nanoseconds % 1000) + 1000) % 1000)) / 1000;

    /// <summary>The statistics of a window.</summary>
    private readonly record struct WindowSummary(long Count, long Numbers, double Sum, double Minimum, double Maximum)
    {
        public bool IsExact => Math.Abs(Sum) < MaxExact && Math.Abs(Minimum) < MaxExact && Math.Abs(Maximum) < MaxExact && Count == Numbers;

        public WindowSummary With(StreamSummary column) => new(
            Count + column.Count,
            Numbers + column.Numbers,
            Sum + (column.Sum ?? 0),
            Numbers == 0 ? column.Minimum ?? 0 : Math.Min(Minimum, column.Minimum ?? Minimum),
            Numbers == 0 ? column.Maximum ?? 0 : Math.Max(Maximum, column.Maximum ?? Maximum));

        public DataValue Value(string function) => function switch
        {
            "count" => DataValue.From(Count),
            "mean" => DataValue.From(Sum / Numbers),
            "sum" => DataValue.From(Sum),
            "min" => DataValue.From(Minimum),
            "max" => DataValue.From(Maximum),
            _ => DataValue.From(Maximum - Minimum),
        };
    }
}
