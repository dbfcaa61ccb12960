using ConnectorDb.Columns;
using ConnectorDb.Core.Engine.Arrivals;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>Datapoints that arrived, as they are kept.</summary>
/// <param name="Start">The index of the first; null when the stream keeps nothing.</param>
internal sealed record Landing(Target Target, long? Start, Block Points)
{
    public SequenceKey Key => Target.Stream.KeyOf(Target.Path.IsDownlink);
}
