using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>What is known of datapoints without looking at them.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="FirstT">Unix seconds of the earliest.</param>
/// <param name="LastT">Unix seconds of the last, which is the latest.</param>
internal sealed record Outline(long Count, double FirstT, double LastT)
{
    public static Outline Nothing { get; } = new(0, 0, 0);

    /// <summary>Between which numbers the values lie; null when that is not known, or one of them is no number.</summary>
    public NumberBounds? Numbers { get; init; }

    /// <summary>What a sum becomes over the values; null when that is not known.</summary>
    public SumStep? Sum { get; init; }

    /// <summary>Finds the last datapoint; null when that is not known.</summary>
    public Func<Block>? Last { get; init; }

    /// <summary>The same datapoints with other values, of which the last is known.</summary>
    public Outline WithLast(Column value) => new(Count, FirstT, LastT) { Last = () => new Block(new[] { LastT }, value) };
}

/// <summary>A sum that stands at one number before datapoints are added to it, one after the other, and at the other after.</summary>
internal readonly record struct SumStep(double Before, double After);
