using ConnectorDb.Columns;
using ConnectorDb.Core.Engine.Appending;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>A block after its append, as it is stored and as subscribers get it.</summary>
/// <param name="Start">The index of its first datapoint; null for an ephemeral stream, which stores nothing.</param>
internal sealed record AppendedBlock(Target Target, long? Start, Block Points)
{
    /// <summary>Datapoints were also put before the end, or replaced, so that indices are others.</summary>
    public bool IsInPlace { get; init; }

    public SequenceKey Key => Target.Stream.KeyOf(Target.Path.IsDownlink);
}
