using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>The logical negation of its operand.</summary>
internal sealed class NotNode(ArgumentPlans operand, Activation activation) : ArgumentNode(operand, activation)
{
    public static BooleanColumn Opposite(ReadOnlySpan<bool> values)
    {
        bool[] results = new bool[values.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = !values[i];
        }

        return new BooleanColumn(results);
    }

    protected override Batch Apply(Block input, Block[] arguments, Batch end)
    {
        EvaluationError? error = null;
        Column values = Opposite(Booleans.Read(input, arguments[0].Values, ref error).Span);
        return end.With(input, values, error);
    }

    protected override bool CanPruneByRange => true;

    protected override PruningResult TryPrune(SegmentStatistics input, ValueRange[] arguments)
        => PruningResult.Stateless(new(input.Count, input.FirstT, input.LastT) { Numbers = ValueRange.Of(areTrue: arguments[0].AreFalse, areFalse: arguments[0].AreTrue) });
}
