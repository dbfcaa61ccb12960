namespace ConnectorDb.Columns;

/// <summary>Collects values into the narrowest column that holds them; changes to a wider one when a value does not fit.</summary>
/// <param name="capacity">The expected number of values.</param>
/// <param name="hasRecords">Objects of one shape become a <see cref="RecordColumn"/>.</param>
public sealed class ColumnBuilder(int capacity = 16, bool hasRecords = false)
{
    private DataKind _kind = DataKind.Null;
    private List<double>? _numbers;
    private List<long>? _integers;
    private List<bool>? _booleans;
    private List<string>? _texts;
    private List<DataValue>? _any;
    private RecordBuilder? _records;

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
        if (_records is not null && _records.TryAdd(value))
        {
            Count++;
            return;
        }

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
                AddAny(value);
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
        else if (!TryAddRecords(from, index, 1))
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

        if (count > 0 && TryAddRecords(from, start, count))
        {
            return;
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
            DataKind.Object => _records!.Build(),
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
        _records = null;
    }

    /// <summary>Adds a value of any kind. A single object stays an object, because its shape alone does not repay columns.</summary>
    private void AddAny(DataValue value)
    {
        if (hasRecords && _any is [var first] && RecordBuilder.TryBegin(first, value) is { } records)
        {
            BeginRecords(records);
            return;
        }

        (_any ??= new(hasRecords && value.Kind == DataKind.Object ? 1 : capacity)).Add(value);
    }

    /// <summary>Adds records member by member; false when this column or the other one does not hold records of one shape.</summary>
    private bool TryAddRecords(Column from, int start, int count)
    {
        if (!hasRecords || from is not RecordColumn added)
        {
            return false;
        }

        if (Count == 0 && RecordBuilder.TryBegin(added) is { } records)
        {
            BeginRecords(records);
        }

        if (_records is null || !_records.TryAdd(added, start, count))
        {
            return false;
        }

        Count += count;
        return true;
    }

    private void BeginRecords(RecordBuilder records)
    {
        Begin(DataKind.Object);
        _records = records;
    }

    private void Widen()
    {
        List<DataValue> all = new(Math.Max(capacity, Count + 1));
        all.AddRange(_kind switch
        {
            DataKind.Number => _numbers!.Select(DataValue.From),
            DataKind.Integer => _integers!.Select(DataValue.From),
            DataKind.Boolean => _booleans!.Select(DataValue.From),
            DataKind.Object => Values(_records!.Build()),
            _ => _texts!.Select(DataValue.From),
        });
        Begin(DataKind.Null);
        _any = all;
    }

    private static IEnumerable<DataValue> Values(RecordColumn records) => Enumerable.Range(0, records.Count).Select(i => records[i]);
}
