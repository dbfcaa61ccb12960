namespace ConnectorDb.Columns;

/// <summary>Collects values into the narrowest column that holds them; changes to a wider one when a value does not fit.</summary>
public sealed class ColumnBuilder(int capacity = 16)
{
    private DataKind _kind = DataKind.Null;
    private List<double>? _numbers;
    private List<long>? _integers;
    private List<bool>? _booleans;
    private List<string>? _texts;
    private List<DataValue>? _any;

    public int Count { get; private set; }

    public void Add(double value)
    {
        if (_kind != DataKind.Number)
        {
            Add(DataValue.From(value));
            return;
        }

        _numbers!.Add(value);
        Count++;
    }

    public void Add(long value)
    {
        if (_kind != DataKind.Integer)
        {
            Add(DataValue.From(value));
            return;
        }

        _integers!.Add(value);
        Count++;
    }

    public void Add(DataValue value)
    {
        if (Count == 0)
        {
            Begin(KindOf(value));
        }
        else if (_any is null && KindOf(value) != _kind)
        {
            Widen();
        }

        switch (_kind)
        {
            case DataKind.Number:
                _numbers!.Add(value.AsDouble());
                break;
            case DataKind.Integer:
                _integers!.Add(value.AsInteger());
                break;
            case DataKind.Boolean:
                _booleans!.Add(value.AsBoolean());
                break;
            case DataKind.Text:
                _texts!.Add(value.AsText());
                break;
            default:
                (_any ??= new(capacity)).Add(value);
                break;
        }

        Count++;
    }

    /// <summary>Adds one value of another column.</summary>
    public void Add(Column from, int index)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (from is NumberColumn numbers)
        {
            Add(numbers.Values.Span[index]);
        }
        else
        {
            Add(from[index]);
        }
    }

    /// <summary>Adds a part of another column.</summary>
    public void Add(Column from, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(from);
        if (count > 0 && from is NumberColumn numbers)
        {
            if (Count == 0)
            {
                Begin(DataKind.Number);
            }

            if (_kind == DataKind.Number)
            {
                _numbers!.AddRange(numbers.Values.Span.Slice(start, count));
                Count += count;
                return;
            }
        }

        for (int i = start; i < start + count; i++)
        {
            Add(from, i);
        }
    }

    /// <summary>The values so far; the builder restarts.</summary>
    public Column Build()
    {
        Column column = _kind switch
        {
            DataKind.Number => new NumberColumn(_numbers!.ToArray()),
            DataKind.Integer => new IntegerColumn(_integers!.ToArray()),
            DataKind.Boolean => new BooleanColumn(_booleans!.ToArray()),
            DataKind.Text => new TextColumn(_texts!.ToArray()),
            _ => new ValueColumn(_any?.ToArray() ?? []),
        };

        Count = 0;
        Begin(DataKind.Null);
        return column;
    }

    /// <summary>The kind of column for a value; null means a column of any values.</summary>
    private static DataKind KindOf(DataValue value) => value.Kind switch
    {
        DataKind.Number when value.IsNumberText => DataKind.Null,
        DataKind.Array or DataKind.Object => DataKind.Null,
        var kind => kind,
    };

    private void Begin(DataKind kind)
    {
        _kind = kind;
        _numbers = kind == DataKind.Number ? new(capacity) : null;
        _integers = kind == DataKind.Integer ? new(capacity) : null;
        _booleans = kind == DataKind.Boolean ? new(capacity) : null;
        _texts = kind == DataKind.Text ? new(capacity) : null;
        _any = null;
    }

    private void Widen()
    {
        List<DataValue> all = new(Math.Max(capacity, Count + 1));
        all.AddRange(_kind switch
        {
            DataKind.Number => _numbers!.Select(DataValue.From),
            DataKind.Integer => _integers!.Select(DataValue.From),
            DataKind.Boolean => _booleans!.Select(DataValue.From),
            _ => _texts!.Select(DataValue.From),
        });
        Begin(DataKind.Null);
        _any = all;
    }
}
