namespace ConnectorDb.Core.Influx;

/// <summary>The fields of a series that a body has values for.</summary>
internal sealed class SeriesFields
{
    /// <summary>The number of fields from which a search by hash is faster.</summary>
    private const int Many = 8;

    private readonly List<FieldValues> _fields = new(1);
    private Dictionary<string, FieldValues>? _byName;

    /// <param name="name">The name of the field.</param>
    /// <param name="place">Where it is likely to be, because the lines of a series mostly have the same fields in the same order.</param>
    public FieldValues? Find(string name, int place)
    {
        if (place < _fields.Count && _fields[place].Key.Field == name)
        {
            return _fields[place];
        }

        return _byName is null ? _fields.Find(field => field.Key.Field == name) : _byName.GetValueOrDefault(name);
    }

    public void Add(FieldValues field)
    {
        _fields.Add(field);
        if (_fields.Count == Many)
        {
            _byName = _fields.ToDictionary(known => known.Key.Field, StringComparer.Ordinal);
        }
        else
        {
            _byName?.Add(field.Key.Field, field);
        }
    }
}
