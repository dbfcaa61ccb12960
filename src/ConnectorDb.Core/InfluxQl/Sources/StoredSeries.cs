using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>A series whose fields are streams; of several devices, where these have the same.</summary>
internal sealed class StoredSeries(SeriesKey key, IInfluxStreams streams, QueryBudget budget) : InputSeries(key)
{
    private const int BytesPerPoint = 24;

    private readonly Dictionary<string, List<InfluxStream>> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldKind> _fields = new(StringComparer.Ordinal);

    public override IReadOnlyDictionary<string, FieldKind> Fields => _fields;

    /// <summary>The streams of all fields.</summary>
    public IEnumerable<CdbPath> Streams => _streams.Values.SelectMany(same => same).Select(stream => stream.Path);

    public void Add(InfluxStream stream)
    {
        if (!_streams.TryGetValue(stream.Field, out List<InfluxStream>? same))
        {
            _streams[stream.Field] = same = [];
            _fields[stream.Field] = stream.Kind;
        }

        same.Add(stream);
    }

    public override CdbPath? StreamOf(string field) => _streams.TryGetValue(field, out List<InfluxStream>? found) && found is [var only] ? only.Path : null;

    /// <summary>A newest value of the field; null when there is none.</summary>
    public DataValue? FindNewest(string field) => streams.FindNewest(_streams[field][^1].Path);

    public override FieldPoints Read(string field, TimeRange range, long? most)
    {
        if (range.IsEmpty || !_streams.TryGetValue(field, out List<InfluxStream>? found))
        {
            return FieldPoints.None;
        }

        FieldPoints[] parts = [.. found.Select(stream => Read(stream.Path, range, most))];
        return parts is [var only] ? only : Join(parts);
    }

    private FieldPoints Read(CdbPath stream, TimeRange range, long? most)
    {
        List<long> times = [];
        List<DataValue> values = [];

        // The limit could count datapoints that rounding puts outside of the range.
        foreach (Block block in streams.Read(stream, range.After, range.UpTo, range == TimeRange.All ? most : most + (2 * Math.Sign(most ?? 0))))
        {
            budget.Check();
            budget.Take((long)BytesPerPoint * block.Count);
            times.EnsureCapacity(times.Count + block.Count);
            values.EnsureCapacity(values.Count + block.Count);
            ReadOnlySpan<double> seconds = block.Times.Span;
            for (int i = 0; i < seconds.Length; i++)
            {
                long time = TimeRange.NanosecondsOf(seconds[i]);
                if (range.Contains(time))
                {
                    Add(times, values, time, block.Values[i]);
                }
            }
        }

        return new FieldPoints(times, values);
    }

    /// <summary>The points of all parts; of several at one time, that of the last part.</summary>
    private static FieldPoints Join(FieldPoints[] parts)
    {
        List<long> times = [];
        List<DataValue> values = [];
        foreach ((long time, DataValue value) in parts.SelectMany(part => part.Times.Zip(part.Values)).OrderBy(point => point.First))
        {
            Add(times, values, time, value);
        }

        return new FieldPoints(times, values);
    }

    private static void Add(List<long> times, List<DataValue> values, long time, DataValue value)
    {
        if (times.Count > 0 && times[^1] == time)
        {
            values[^1] = value;
        }
        else
        {
            times.Add(time);
            values.Add(value);
        }
    }
}
