namespace ConnectorDb.Core.Engine;

/// <summary>Indices of a sequence, from the first to before the last.</summary>
internal readonly record struct IndexRange(long From, long To)
{
    /// <summary>Only the first so many of them; null for all.</summary>
    public IndexRange First(long? count) => count is { } most && most < To - From ? new IndexRange(From, From + Math.Max(0, most)) : this;
}
