using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>Why an evaluation cannot go on, and at which datapoint.</summary>
/// <param name="Time">Unix seconds of the datapoint.</param>
/// <param name="Value">The value of the datapoint.</param>
internal sealed record EvaluationError(Problem Problem, double Time, DataValue Value)
{
    /// <summary>The reason with the datapoint.</summary>
    public string Message
    {
        get
        {
            string at = UnixTime.ToDateTimeOffset(Time).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
            return $"{Problem.Reason}. The datapoint is {ValueText.Short(Value)} at {at} (t = {Time.ToString("R", CultureInfo.InvariantCulture)}).";
        }
    }

    /// <summary>The same error with another message of ConnectorDB 0.3, which an operator or transform may have.</summary>
    public EvaluationError Named(string original) => this with { Problem = Problem with { Original = original } };

    /// <summary>The error of one datapoint of a block.</summary>
    public static EvaluationError At(Block block, int index, Problem problem) => new(problem, block.Times.Span[index], block.Values[index]);
}
