using System.Collections;

namespace ConnectorDb.Fields;

/// <summary>The fields of one kind of node. JSON, rights, changes and the store follow from it.</summary>
internal sealed class FieldTable<T> : IReadOnlyList<Field<T>>
    where T : class, new()
{
    private readonly List<Field<T>> _fields = [];

    public int Count => _fields.Count;

    public Field<T> this[int index] => _fields[index];

    /// <summary>Adds a text.</summary>
    public void Add(string name, Func<T, string?> get, Func<T, string?, T> set, string byDefault = "")
        => _fields.Add(new Field<T>(name, byDefault, get, (definition, value) => set(definition, (string?)value)));

    /// <summary>Adds a flag.</summary>
    public void Add(string name, Func<T, bool?> get, Func<T, bool?, T> set, bool byDefault = false)
        => _fields.Add(new Field<T>(name, byDefault, definition => get(definition), (definition, value) => set(definition, (bool?)value)));

    /// <summary>Adds labels.</summary>
    public void Add(string name, Func<T, LabelSet?> get, Func<T, LabelSet?, T> set, LabelSet byDefault)
        => _fields.Add(new Field<T>(name, byDefault, get, (definition, value) => set(definition, (LabelSet?)value)));

    /// <summary>The names of the fields that a definition sets.</summary>
    public IEnumerable<string> SetBy(T definition) => _fields.Where(field => field.Get(definition) is not null).Select(field => field.Name);

    /// <summary>The changes without those that set a field to its current value.</summary>
    public T Without(T changes, T current)
        => _fields.Where(field => field.Get(changes) is { } value && value.Equals(field.Get(current))).Aggregate(changes, (left, field) => field.Set(left, null));

    /// <summary>Creates a definition from the value of each field.</summary>
    public T Read(Func<Field<T>, object?> value)
    {
        T definition = new();
        foreach (Field<T> field in _fields)
        {
            if (value(field) is { } found)
            {
                definition = field.Set(definition, found);
            }
        }

        return definition;
    }

    /// <summary>The current values, replaced by those that the changes set.</summary>
    public T Merge(T current, T changes) => Read(field => field.Get(changes) ?? field.Get(current));

    public IEnumerator<Field<T>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
