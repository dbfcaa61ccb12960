namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Which way datapoints go, which decides what a missing part means.</summary>
public enum DatapointDirection
{
    /// <summary>To be stored: without <c>t</c> it is now, which is NaN in a block.</summary>
    Insert,

    /// <summary>From a store: without <c>t</c> it is 0, as old servers leave zeros out; an item <c>{"error"}</c> says why the rest is missing.</summary>
    Answer,
}
