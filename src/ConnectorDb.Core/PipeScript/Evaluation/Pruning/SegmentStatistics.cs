using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Pruning;

/// <summary>The facts about datapoints that are known without decoding them (a zone map).</summary>
/// <param name="Count">The number of datapoints.</param>
/// <param name="FirstT">Unix seconds of the earliest datapoint.</param>
/// <param name="LastT">Unix seconds of the last datapoint, which is the latest.</param>
internal sealed record SegmentStatistics(long Count, double FirstT, double LastT)
{
    public static SegmentStatistics Nothing { get; } = new(0, 0, 0);

    /// <summary>The range of the values; null when it is not known or a value is not a number.</summary>
    public ValueRange? Numbers { get; init; }

    /// <summary>A running sum before and after the values; null when it is not known.</summary>
    public PrefixSum? Sum { get; init; }

    /// <summary>Reads the last datapoint; null when that is not possible.</summary>
    public Func<Block>? Last { get; init; }

    /// <summary>The statistics of one member of the values, which are objects; null when nothing is known of members.</summary>
    public Func<string, SegmentStatistics?>? Member { get; init; }

    /// <summary>The same datapoints with other values, of which the last is known.</summary>
    public SegmentStatistics WithLast(Column value) => new(Count, FirstT, LastT) { Last = () => new Block(new[] { LastT }, value) };
}
