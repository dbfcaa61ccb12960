using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.Engine;

/// <summary>The stream of a field.</summary>
/// <param name="Path">The stream; null when there is none.</param>
/// <param name="Id">The id of the stream in the store; 0 when there is none.</param>
/// <param name="Kind">The kind of the field, also of one that has no stream for these tags; null when it is not known.</param>
/// <param name="Fault">Why there is no stream.</param>
public sealed record FieldStream(CdbPath? Path, long Id, FieldKind? Kind, string? Fault);
