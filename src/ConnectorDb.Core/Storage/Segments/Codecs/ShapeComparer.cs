namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Compares objects by shape: the same names in the same order.</summary>
internal sealed class ShapeComparer : IEqualityComparer<DataObject>
{
    public bool Equals(DataObject? x, DataObject? y)
    {
        ReadOnlySpan<KeyValuePair<string, DataValue>> left = x is null ? [] : x.Members;
        ReadOnlySpan<KeyValuePair<string, DataValue>> right = y is null ? [] : y.Members;
        bool isSame = left.Length == right.Length;
        for (int i = 0; isSame && i < left.Length; i++)
        {
            isSame = string.Equals(left[i].Key, right[i].Key, StringComparison.Ordinal);
        }

        return isSame;
    }

    public int GetHashCode(DataObject obj)
    {
        HashCode hash = new();
        foreach ((string name, _) in obj.Members)
        {
            hash.Add(name, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
