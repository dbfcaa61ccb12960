namespace ConnectorDb.Columns;

/// <summary>Collects objects of one shape, the same names in the same order, into a column per member.</summary>
internal sealed class RecordBuilder
{
    /// <summary>Objects with more members stay objects: a column each would take more memory than it saves.</summary>
    private const int MaxMembers = 256;

    private readonly string[] _names;
    private readonly ColumnBuilder[] _fields;

    private RecordBuilder(IEnumerable<string> names)
    {
        _names = [.. names];
        _fields = Array.ConvertAll(_names, _ => new ColumnBuilder());
    }

    private int Count => _fields[0].Count;

    /// <summary>The first two of the objects to collect; null where they are not objects of one shape.</summary>
    public static RecordBuilder? TryBegin(DataValue first, DataValue second)
    {
        if (first.Kind != DataKind.Object || second.Kind != DataKind.Object || !CanCollect(first.AsObject().Count))
        {
            return null;
        }

        RecordBuilder records = new(first.AsObject().Select(member => member.Key));
        records.TryAdd(first);
        return records.TryAdd(second) ? records : null;
    }

    /// <summary>No objects of this shape yet; null where it has no members or too many.</summary>
    public static RecordBuilder? TryBegin(RecordColumn shape) => CanCollect(shape.Names.Count) ? new RecordBuilder(shape.Names) : null;

    /// <summary>False, and nothing is added, when the value is not an object of the shape.</summary>
    public bool TryAdd(DataValue value)
    {
        if (value.Kind != DataKind.Object || !HasShape(value.AsObject().Members))
        {
            return false;
        }

        ReadOnlySpan<KeyValuePair<string, DataValue>> members = value.AsObject().Members;
        for (int i = 0; i < _fields.Length; i++)
        {
            _fields[i].Add(members[i].Value);
        }

        return true;
    }

    /// <summary>False, and nothing is added, when the column has another shape.</summary>
    public bool TryAdd(RecordColumn from, int start, int count)
    {
        if (!from.Names.SequenceEqual(_names, StringComparer.Ordinal))
        {
            return false;
        }

        for (int i = 0; i < _fields.Length; i++)
        {
            _fields[i].Add(from.Fields[i], start, count);
        }

        return true;
    }

    public RecordColumn Build()
    {
        int count = Count;
        return new RecordColumn(_names, Array.ConvertAll(_fields, field => field.Build()), count);
    }

    private static bool CanCollect(int members) => members is > 0 and <= MaxMembers;

    private bool HasShape(ReadOnlySpan<KeyValuePair<string, DataValue>> members)
    {
        if (members.Length != _names.Length)
        {
            return false;
        }

        for (int i = 0; i < members.Length; i++)
        {
            if (!string.Equals(members[i].Key, _names[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
