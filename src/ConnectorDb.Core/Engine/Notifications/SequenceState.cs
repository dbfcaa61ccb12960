using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>The read position of a subscription.</summary>
/// <param name="TreeVersion">The version of the tree in which the right to read was found.</param>
/// <param name="Position">The index of the next datapoint.</param>
internal sealed record SequenceState(long TreeVersion, SequenceKey Key, long Position)
{
    public SequenceState After(Block batch) => batch.Count == 0 ? this : this with { Position = Position + batch.Count };

    /// <summary>True when the block belongs to the sequence and the read permission still held when it was written.</summary>
    public bool Allows(AppendedBlock block) => block.Target.TreeVersion == TreeVersion && block.Key == Key;
}
