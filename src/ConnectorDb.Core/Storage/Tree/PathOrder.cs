namespace ConnectorDb.Core.Storage.Tree;

/// <summary>The order of paths in a store, which ignores case for users only.</summary>
public sealed class PathOrder : IComparer<CdbPath>
{
    public static PathOrder Instance { get; } = new();

    public int Compare(CdbPath? x, CdbPath? y)
    {
        int byUser = string.CompareOrdinal(x?.User.ToLowerInvariant(), y?.User.ToLowerInvariant());
        int byDevice = byUser != 0 ? byUser : string.CompareOrdinal(x?.Device, y?.Device);
        return byDevice != 0 ? byDevice : string.CompareOrdinal(x?.Stream, y?.Stream);
    }
}
