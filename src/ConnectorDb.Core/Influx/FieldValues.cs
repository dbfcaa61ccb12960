using ConnectorDb.Columns;

namespace ConnectorDb.Core.Influx;

/// <summary>The values that a body has for a field of a series.</summary>
public sealed class FieldValues(FieldKey key)
{
    private readonly List<(double T, int Point, LineField Value)> _values = [];

    public FieldKey Key => key;

    /// <summary>The kind of the first value, which a new stream gets.</summary>
    public FieldKind Kind => KindOf(_values[0].Value.Type);

    public static FieldKind KindOf(FieldType type) => type switch
    {
        FieldType.String => FieldKind.Text,
        FieldType.Boolean => FieldKind.Boolean,
        _ => FieldKind.Number,
    };

    /// <summary>The points that have a value.</summary>
    public IEnumerable<int> Points => _values.Select(value => value.Point);

    public void Add(double t, int point, LineField value) => _values.Add((t, point, value));

    /// <summary>The points whose value is of another kind, with its type.</summary>
    public IEnumerable<(int Point, FieldType Type)> Others(FieldKind kind)
        => _values.Where(value => KindOf(value.Value.Type) != kind).Select(value => (value.Point, value.Value.Type));

    /// <summary>The values as a block, without those of some points. Integers beside floats become floats.</summary>
    public Block ToBlock(IReadOnlySet<int> without)
    {
        ArgumentNullException.ThrowIfNull(without);
        List<(double T, int Point, LineField Value)> values = without.Count == 0 ? _values : _values.FindAll(value => !without.Contains(value.Point));
        if (values.Count == 0)
        {
            return Block.Empty;
        }

        double[] times = values.ConvertAll(value => value.T).ToArray();
        return new Block(times, KindOf(values[0].Value.Type) switch
        {
            FieldKind.Text => new TextColumn(values.ConvertAll(value => value.Value.Text!).ToArray()),
            FieldKind.Boolean => new BooleanColumn(values.ConvertAll(value => value.Value.Integer != 0).ToArray()),
            _ when values.TrueForAll(value => value.Value.Type == FieldType.Integer) => new IntegerColumn(values.ConvertAll(value => value.Value.Integer).ToArray()),
            _ => new NumberColumn(values.ConvertAll(value => value.Value.Type == FieldType.Integer ? value.Value.Integer : value.Value.Number).ToArray()),
        });
    }
}
