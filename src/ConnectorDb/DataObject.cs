using System.Collections;
using System.Collections.Specialized;

namespace ConnectorDb;

/// <summary>The members of a JSON object in the order they came in; of members with one name the last one counts.</summary>
public sealed class DataObject : IReadOnlyCollection<KeyValuePair<string, DataValue>>, IEquatable<DataObject>
{
    private const int IndexedFrom = 12;
    private readonly KeyValuePair<string, DataValue>[] _members;
    private Dictionary<string, int>? _index;

    /// <summary>Takes over the array; later changes to it are not allowed.</summary>
    public DataObject(params KeyValuePair<string, DataValue>[] members) => _members = members;

    public int Count => _members.Length;

    public ReadOnlySpan<KeyValuePair<string, DataValue>> Members => _members;

    public bool TryGetValue(string name, out DataValue value)
    {
        int at = Find(name);
        value = at < 0 ? default : _members[at].Value;
        return at >= 0;
    }

    /// <summary>The members as .NET values, in their order.</summary>
    public OrderedDictionary ToDictionary()
    {
        OrderedDictionary dictionary = new(Count, StringComparer.Ordinal);
        foreach ((string name, DataValue member) in _members)
        {
            dictionary[name] = member.ToNatural();
        }

        return dictionary;
    }

    /// <summary>The same names with the same values, in any order.</summary>
    public bool Equals(DataObject? other)
    {
        if (other is null || other.Count != Count)
        {
            return false;
        }

        foreach ((string name, DataValue value) in _members)
        {
            if (!other.TryGetValue(name, out DataValue theirs) || theirs != value)
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as DataObject);

    public override int GetHashCode()
    {
        // The order does not matter, and of members with one name the last one counts.
        int hash = 0;
        for (int i = 0; i < _members.Length; i++)
        {
            (string name, DataValue value) = _members[i];
            hash += Find(name) == i ? HashCode.Combine(name, value) : 0;
        }

        return hash;
    }

    public IEnumerator<KeyValuePair<string, DataValue>> GetEnumerator()
        => ((IEnumerable<KeyValuePair<string, DataValue>>)_members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string name)
    {
        if (_members.Length < IndexedFrom)
        {
            return Array.FindLastIndex(_members, member => member.Key == name);
        }

        return (_index ??= BuildIndex()).TryGetValue(name, out int at) ? at : -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        Dictionary<string, int> index = new(_members.Length, StringComparer.Ordinal);
        for (int i = 0; i < _members.Length; i++)
        {
            index[_members[i].Key] = i;
        }

        return index;
    }
}
