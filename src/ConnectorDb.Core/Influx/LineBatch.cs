namespace ConnectorDb.Core.Influx;

/// <summary>The points of a body by field, and the errors of the others.</summary>
public sealed class LineBatch
{
    private const string TimeName = "time";
    private const long NanosecondsPerMicrosecond = 1000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly string _database;
    private readonly Dictionary<SeriesKey, SeriesFields> _series = [];
    private readonly List<FieldValues> _fields = [];
    private readonly PointValues _values = new();
    private readonly HashSet<int> _dropped = [];
    private int _droppedValues;

    public LineBatch(string database) => _database = database;

    /// <summary>The number of points that could be read.</summary>
    public int Count { get; private set; }

    /// <summary>The errors of lines that could not be read; empty when all could.</summary>
    public string LineFaults { get; private set; } = "";

    /// <summary>The number of points that are not stored.</summary>
    public int Dropped => _dropped.Count + _droppedValues;

    /// <summary>Why the first of these is not stored.</summary>
    public string? DropReason { get; private set; }

    public IReadOnlyList<FieldValues> Fields => _fields;

    /// <summary>The points that are not stored.</summary>
    public IReadOnlySet<int> DroppedPoints => _dropped;

    /// <inheritdoc cref="LineReader.Read"/>
    public static LineBatch Read(string database, LineReader reader, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        LineBatch batch = new(database);
        while (reader.Read(cancellation))
        {
            batch.Add(reader.Series, reader.Time, reader.Fields);
        }

        batch.LineFaults = reader.Faults;
        batch.Complete();
        return batch;
    }

    /// <summary>Adds a point.</summary>
    /// <param name="time">Nanoseconds since 1970.</param>
    public void Add(SeriesKey series, long time, ReadOnlySpan<LineField> values)
    {
        ArgumentNullException.ThrowIfNull(series);
        int point = Count++;
        if (!_series.TryGetValue(series, out SeriesFields? fields))
        {
            _series[series] = fields = new SeriesFields();
        }

        if (series.ReservedTag is { } tag)
        {
            Drop(point, $"invalid tag key: input tag \"{tag}\" on measurement \"{series.Measurement}\" is invalid");
            return;
        }

        _values.SetTime(point, SecondsOf(time));
        bool isEmpty = true;
        for (int i = 0; i < values.Length; i++)
        {
            ref readonly LineField field = ref values[i];
            if (field.Name == TimeName)
            {
                continue;
            }

            isEmpty = false;
            FieldValues? known = fields.Find(field.Name, i);
            if (known is null)
            {
                known = new FieldValues(new FieldKey(_database, series, field.Name), _values, _fields.Count, field.Type);
                fields.Add(known);
                _fields.Add(known);
            }

            known.Add(point, field);
        }

        if (isEmpty)
        {
            Drop(point, $"invalid field name: input field \"time\" on measurement \"{series.Measurement}\" is invalid");
        }
    }

    /// <summary>Ends the batch. To be called once, after the last point.</summary>
    public void Complete()
    {
        int[] starts = new int[_fields.Count];
        int start = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = start;
            _fields[i].StartAt(start);
            start += _fields[i].Count;
        }

        _values.Sort(starts);
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

    private void Drop(int point, string reason)
    {
        DropReason ??= reason;
        _dropped.Add(point);
    }
}
