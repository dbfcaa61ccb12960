using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Maps numbers to numbers, with state from one to the next.</summary>
internal abstract class NumberNode : ColumnNode
{
    protected sealed override Column Map(Block input, ref EvaluationError? error)
    {
        ReadOnlySpan<double> numbers = Numbers.Read(input, input.Values, ref error).Span;
        double[] results = Buffers.Make<double>(numbers.Length);
        Map(numbers, results);
        return new NumberColumn(results);
    }

    /// <summary>As many results as numbers.</summary>
    protected abstract void Map(ReadOnlySpan<double> numbers, Span<double> results);
}
