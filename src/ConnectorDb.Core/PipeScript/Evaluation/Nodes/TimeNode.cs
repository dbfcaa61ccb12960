using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Maps the time of each datapoint to a value.</summary>
/// <param name="point">The function of nanoseconds of unix time.</param>
internal sealed class TimeNode(Func<long, DataValue> point) : ColumnNode
{
    /// <summary>The range of 64-bit nanoseconds in seconds, to each side of 1970.</summary>
    private const double Farthest = long.MaxValue / 1e9;

    protected override Column Map(Block input, ref EvaluationError? error)
    {
        ColumnBuilder results = new(input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            double time = input.Times.Span[i];
            if (!(Math.Abs(time) < Farthest))
            {
                error = EvaluationError.At(input, i, "Its time lies outside the years 1678 to 2262, for which there are dates");
                break;
            }

            results.Add(point((long)(1e9 * time)));
        }

        return results.Build();
    }
}
