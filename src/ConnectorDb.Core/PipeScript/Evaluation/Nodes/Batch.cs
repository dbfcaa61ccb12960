using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>
/// The next datapoints of a stream inside a script. They are the last ones when the input has ended or the next datapoint could
/// not be computed.
/// </summary>
internal readonly record struct Batch(Block Block, bool IsLast = false, EvaluationError? Error = null)
{
    /// <summary>No datapoints, and more may come.</summary>
    public static Batch Nothing { get; } = new(Block.Empty);

    public static Batch End { get; } = new(Block.Empty, IsLast: true);

    /// <summary>Other datapoints with the same end, or with the error that ended their computation.</summary>
    public Batch With(Block block, EvaluationError? error)
        => error is null ? new(block, IsLast, Error) : new(block, IsLast: true, error);

    /// <summary>Results for these datapoints, one for each, with the same end, or with the error that ended their computation.</summary>
    public Batch With(Block answered, Column values, EvaluationError? error) => With(answered.With(values), error);
}
