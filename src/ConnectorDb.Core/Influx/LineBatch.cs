namespace ConnectorDb.Core.Influx;

/// <summary>The points of a body by field, and the errors of the others.</summary>
public sealed class LineBatch
{
    private const string TimeName = "time";
    private const long NanosecondsPerMicrosecond = 1000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly Dictionary<SeriesKey, Dictionary<string, FieldValues>> _series = [];
    private readonly Dictionary<SeriesKey, Dictionary<string, FieldValues>> _known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<int> _dropped = [];
    private int _droppedValues;

    private LineBatch()
    {
    }

    /// <summary>The number of points that could be read.</summary>
    public int Count { get; private set; }

    /// <summary>The errors of lines that could not be read; empty when all could.</summary>
    public string LineFaults { get; private set; } = "";

    /// <summary>The number of points that are not stored.</summary>
    public int Dropped => _dropped.Count + _droppedValues;

    /// <summary>Why the first of these is not stored.</summary>
    public string? DropReason { get; private set; }

    public IReadOnlyCollection<FieldValues> Fields { get; private set; } = [];

    /// <summary>The points that are not stored.</summary>
    public IReadOnlySet<int> DroppedPoints => _dropped;

    public static LineBatch Read(string database, LineReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        LineBatch batch = new();
        while (reader.Read())
        {
            batch.Add(database, reader);
        }

        batch.LineFaults = reader.Faults;
        batch.Fields = [.. batch._series.Values.SelectMany(fields => fields.Values)];
        return batch;
    }

    /// <summary>Drops the points with a value of another kind than the stream of its field.</summary>
    public void Keep(FieldValues field, FieldKind kind)
    {
        ArgumentNullException.ThrowIfNull(field);
        foreach ((int point, FieldType type) in field.Others(kind))
        {
            Drop(point, $"field type conflict: input field \"{field.Key.Field}\" on measurement \"{field.Key.Series.Measurement}\" is type {NameOf(type)}, already exists as type {NameOf(kind)}");
        }
    }

    /// <summary>Drops all points that have the field.</summary>
    public void Drop(FieldValues field, string reason)
    {
        ArgumentNullException.ThrowIfNull(field);
        foreach (int point in field.Points)
        {
            Drop(point, reason);
        }
    }

    /// <summary>Counts values that their stream refused.</summary>
    public void DropValues(int count, string reason)
    {
        DropReason ??= reason;
        _droppedValues += count;
    }

    /// <summary>Unix seconds of nanoseconds. Whole microseconds stay whole; finer times are rounded to the next double, about 0.2 µs apart.</summary>
    public static double SecondsOf(long nanoseconds)
    {
        (long microseconds, long rest) = Math.DivRem(nanoseconds, NanosecondsPerMicrosecond);
        if (rest == 0)
        {
            return microseconds / 1e6;
        }

        (long seconds, long fraction) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        return seconds + (fraction / 1e9);
    }

    private static string NameOf(FieldType type) => type.ToString().ToLowerInvariant();

    private static string NameOf(FieldKind kind) => NameOf(kind switch
    {
        FieldKind.Text => FieldType.String,
        FieldKind.Boolean => FieldType.Boolean,
        _ => FieldType.Float,
    });

    private void Add(string database, LineReader reader)
    {
        int point = Count++;
        if (!_known.TryGetValue(reader.Series, out Dictionary<string, FieldValues>? fields))
        {
            if (!_series.TryGetValue(reader.Series, out fields))
            {
                _series[reader.Series] = fields = new Dictionary<string, FieldValues>(StringComparer.Ordinal);
            }

            _known[reader.Series] = fields;
        }

        if (FieldKey.ReservedTag(reader.Series) is { } tag)
        {
            Drop(point, $"invalid tag key: input tag \"{tag}\" on measurement \"{reader.Series.Measurement}\" is invalid");
            return;
        }

        if (reader.Fields.All(field => field.Name == TimeName))
        {
            Drop(point, $"invalid field name: input field \"time\" on measurement \"{reader.Series.Measurement}\" is invalid");
            return;
        }

        double t = SecondsOf(reader.Time);
        foreach (LineField field in reader.Fields)
        {
            if (field.Name == TimeName)
            {
                continue;
            }

            if (!fields.TryGetValue(field.Name, out FieldValues? values))
            {
                fields[field.Name] = values = new FieldValues(new FieldKey(database, reader.Series, field.Name));
            }

            values.Add(t, point, field);
        }
    }

    private void Drop(int point, string reason)
    {
        DropReason ??= reason;
        _dropped.Add(point);
    }
}
