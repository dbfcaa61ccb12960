using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>A range of a sequence, as it was found in one state of the store.</summary>
/// <param name="Key">The sequence.</param>
/// <param name="Indices">The range.</param>
/// <param name="TreeVersion">The version of the tree in that state, by which a later change of the indices is noticed.</param>
internal readonly record struct SequenceRange(SequenceKey Key, IndexRange Indices, long TreeVersion)
{
    /// <summary>The index after the last.</summary>
    public long To => Indices.To;
}
