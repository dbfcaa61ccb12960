namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>The direction of datapoints, which decides the meaning of missing members.</summary>
public enum DatapointDirection
{
    /// <summary>To a store: a missing <c>t</c> means now (NaN in a block).</summary>
    Insert,

    /// <summary>From a store: a missing <c>t</c> means 0, because old servers omit zeros; an element <c>{"error"}</c> ends the array early.</summary>
    Answer,
}
