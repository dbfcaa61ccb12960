namespace ConnectorDb.Columns;

/// <summary>Collects datapoints one by one into blocks with the narrowest columns that hold them.</summary>
public sealed class BlockBuilder
{
    private readonly List<double> _times;
    private readonly ColumnBuilder _values;
    private List<string?>? _origins;

    public BlockBuilder(int capacity = 16)
    {
        _times = new List<double>(capacity);
        _values = new ColumnBuilder(capacity);
    }

    public int Count => _times.Count;

    public void Add(double t, DataValue value, string? origin = null)
    {
        if (origin is not null && _origins is null)
        {
            _origins = new List<string?>(_times.Capacity);
            _origins.AddRange(Enumerable.Repeat<string?>(null, Count));
        }

        _origins?.Add(origin);
        _times.Add(t);
        _values.Add(value);
    }

    /// <summary>Adds a number without making a value of it.</summary>
    public void Add(double t, double value)
    {
        _origins?.Add(null);
        _times.Add(t);
        _values.Add(value);
    }

    /// <summary>Adds an integer without making a value of it.</summary>
    public void Add(double t, long value)
    {
        _origins?.Add(null);
        _times.Add(t);
        _values.Add(value);
    }

    /// <summary>Adds a part of a block.</summary>
    public void Add(Block from, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (from.Origins is { } origins)
        {
            for (int i = start; i < start + count; i++)
            {
                Add(from.Times.Span[i], from.Values[i], origins.Span[i]);
            }

            return;
        }

        _origins?.AddRange(Enumerable.Repeat<string?>(null, count));
        _times.AddRange(from.Times.Span.Slice(start, count));
        _values.Add(from.Values, start, count);
    }

    /// <summary>The datapoints so far; the builder starts anew.</summary>
    public Block Build()
    {
        ReadOnlyMemory<string?>? origins = _origins is null ? null : new(_origins.ToArray());
        Block block = new(_times.ToArray(), _values.Build(), origins);
        _times.Clear();
        _origins = null;
        return block;
    }
}
