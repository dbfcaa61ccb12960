using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage;

/// <summary>The summary of a range of datapoints.</summary>
/// <param name="FirstT">Unix seconds; null when there is none.</param>
/// <param name="LastT">Unix seconds; null when there is none.</param>
/// <param name="Numbers">Null when none of the datapoints is a number.</param>
public readonly record struct SequenceSummary(long Count, double? FirstT, double? LastT, NumberSummary? Numbers)
{
    /// <summary>The summary as callers see it.</summary>
    public StreamSummary Of(CdbPath stream) => new()
    {
        Stream = stream.ToString(),
        Count = Count,
        FirstT = FirstT,
        LastT = LastT,
        Numbers = Numbers?.Count ?? 0,
        Minimum = Numbers?.Minimum,
        Maximum = Numbers?.Maximum,
        Sum = Numbers?.Sum,
    };
}
