namespace ConnectorDb.Columns;

/// <summary>Collects datapoints one by one into blocks with the narrowest columns that hold them.</summary>
public sealed class BlockBuilder
{
    private readonly List<double> _times;
    private readonly ColumnBuilder _values;
    private StreamColumnBuilder? _streams;
    private List<string?>? _origins;

    /// <inheritdoc cref="ColumnBuilder"/>
    public BlockBuilder(int capacity = 16, bool hasRecords = false)
    {
        _times = new List<double>(capacity);
        _values = new ColumnBuilder(capacity, hasRecords);
    }

    public int Count => _times.Count;

    public void Add(double t, DataValue value, string? origin = null, CdbPath? stream = null)
    {
        if (origin is not null)
        {
            BeginOrigins();
        }

        _origins?.Add(origin);
        AddStream(stream);
        _times.Add(t);
        _values.Add(value);
    }

    /// <summary>Adds a number without making a value of it.</summary>
    public void Add(double t, double value)
    {
        _origins?.Add(null);
        AddStream(null);
        _times.Add(t);
        _values.Add(value);
    }

    /// <summary>Adds an integer without making a value of it.</summary>
    public void Add(double t, long value)
    {
        _origins?.Add(null);
        AddStream(null);
        _times.Add(t);
        _values.Add(value);
    }

    /// <summary>Adds a part of a block.</summary>
    public void Add(Block from, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (count == 1 && from.Origins is null)
        {
            // Streams that are merged take turns datapoint by datapoint, where a span costs more than what is in it.
            _origins?.Add(null);
            StreamsFor(from)?.Add(from.Streams, start, Count);
            _times.Add(from.Times.Span[start]);
            _values.Add(from.Values, start);
            return;
        }

        if (from.Origins is { } origins)
        {
            BeginOrigins();
            _origins!.AddRange(origins.Span.Slice(start, count));
        }
        else
        {
            _origins?.AddRange(Enumerable.Repeat<string?>(null, count));
        }

        StreamsFor(from)?.Add(from.Streams, start, count, Count);
        _times.AddRange(from.Times.Span.Slice(start, count));
        _values.Add(from.Values, start, count);
    }

    /// <summary>The datapoints so far; the builder restarts.</summary>
    public Block Build()
    {
        ReadOnlyMemory<string?>? origins = _origins is null ? null : new(_origins.ToArray());
        Block block = new(_times.ToArray(), _values.Build(), origins, _streams?.Build());
        _times.Clear();
        _origins = null;
        return block;
    }

    private void AddStream(CdbPath? stream)
    {
        if (stream is not null)
        {
            _streams ??= new();
        }

        _streams?.Add(stream, Count);
    }

    /// <summary>Most blocks have no streams, and need no builder for them.</summary>
    private StreamColumnBuilder? StreamsFor(Block from) => from.Streams is null ? _streams : _streams ??= new();

    private void BeginOrigins() => _origins ??= [.. Enumerable.Repeat<string?>(null, Count)];
}
