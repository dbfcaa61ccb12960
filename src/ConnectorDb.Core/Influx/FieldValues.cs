using ConnectorDb.Columns;

namespace ConnectorDb.Core.Influx;

/// <summary>The values that a body has for a field of a series.</summary>
public sealed class FieldValues
{
    private readonly PointValues _values;
    private readonly int _index;
    private readonly FieldType _first;
    private int _types;
    private int _start;

    internal FieldValues(FieldKey key, PointValues values, int index, FieldType first)
    {
        Key = key;
        _values = values;
        _index = index;
        _first = first;
    }

    public FieldKey Key { get; }

    /// <summary>The kind of the first value, which a new stream gets.</summary>
    public FieldKind Kind => KindOf(_first);

    /// <summary>The points that have a value.</summary>
    public IReadOnlyList<int> Points
    {
        get
        {
            int[] points = Positions.ToArray();
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = _values.PointAt(points[i]);
            }

            return points;
        }
    }

    internal int Count { get; private set; }

    private ReadOnlySpan<int> Positions => _values.Positions(_start, Count);

    public static FieldKind KindOf(FieldType type) => type switch
    {
        FieldType.String => FieldKind.Text,
        FieldType.Boolean => FieldKind.Boolean,
        _ => FieldKind.Number,
    };

    private static int FlagOf(FieldType type) => 1 << (int)type;

    private static int FlagsOf(FieldKind kind) => kind switch
    {
        FieldKind.Text => FlagOf(FieldType.String),
        FieldKind.Boolean => FlagOf(FieldType.Boolean),
        _ => FlagOf(FieldType.Float) | FlagOf(FieldType.Integer),
    };

    internal void Add(int point, in LineField value)
    {
        _types |= FlagOf(value.Type);
        Count++;
        _values.Add(_index, point, value);
    }

    /// <summary>Sets where the values are after they are sorted.</summary>
    internal void StartAt(int start) => _start = start;

    /// <summary>The points whose value is of another kind, with its type.</summary>
    public IReadOnlyList<(int Point, FieldType Type)> Others(FieldKind kind)
    {
        if ((_types & ~FlagsOf(kind)) == 0)
        {
            return [];
        }

        List<(int Point, FieldType Type)> others = [];
        foreach (int position in Positions)
        {
            FieldType type = _values.TypeAt(position);
            if (KindOf(type) != kind)
            {
                others.Add((_values.PointAt(position), type));
            }
        }

        return others;
    }

    /// <summary>The values as a block, without those of some points. Integers beside floats become floats.</summary>
    public Block ToBlock(IReadOnlySet<int> without)
    {
        ArgumentNullException.ThrowIfNull(without);
        ReadOnlySpan<int> positions = without.Count == 0 ? Positions : Positions.ToArray().Where(position => !without.Contains(_values.PointAt(position))).ToArray();
        if (positions.IsEmpty)
        {
            return Block.Empty;
        }

        return new Block(_values.Times(positions), KindOf(_values.TypeAt(positions[0])) switch
        {
            FieldKind.Text => new TextColumn(_values.Texts(positions)),
            FieldKind.Boolean => new BooleanColumn(Array.ConvertAll(_values.Integers(positions), value => value != 0)),
            _ when IsInteger(positions) => new IntegerColumn(_values.Integers(positions)),
            _ => new NumberColumn(_values.Numbers(positions)),
        });
    }

    private bool IsInteger(ReadOnlySpan<int> positions)
    {
        if (_types == FlagOf(FieldType.Float))
        {
            return false;
        }

        foreach (int position in positions)
        {
            if (_values.TypeAt(position) != FieldType.Integer)
            {
                return false;
            }
        }

        return true;
    }
}
