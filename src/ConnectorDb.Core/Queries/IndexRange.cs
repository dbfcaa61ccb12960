namespace ConnectorDb.Core.Queries;

/// <summary>A range of indices in a sequence, without <paramref name="To"/>.</summary>
internal readonly record struct IndexRange(long From, long To)
{
    /// <summary>The first <paramref name="count"/> indices of the range; all for null.</summary>
    public IndexRange First(long? count) => count is { } most && most < To - From ? new IndexRange(From, From + Math.Max(0, most)) : this;
}
