using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>How far a subscription has read.</summary>
/// <param name="TreeVersion">The version of the tree in which the right to read was found.</param>
/// <param name="Position">The index of what comes next.</param>
internal sealed record SequenceState(long TreeVersion, SequenceKey Key, long Position)
{
    public SequenceState After(Block batch) => batch.Count == 0 ? this : this with { Position = Position + batch.Count };

    /// <summary>The datapoints belong to the sequence, and were written while the right held.</summary>
    public bool Allows(AppendedBlock block) => block.Target.TreeVersion == TreeVersion && block.Key == Key;
}
