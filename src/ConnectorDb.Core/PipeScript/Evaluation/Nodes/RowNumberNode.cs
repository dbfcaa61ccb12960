using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Numbers the datapoints consecutively.</summary>
internal sealed class RowNumberNode(long first) : ColumnNode
{
    private long _next = first;

    protected override Column Map(Block input, ref EvaluationError? error)
    {
        long[] numbers = Buffers.Make<long>(input.Count);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _next++;
        }

        return new IntegerColumn(numbers);
    }

    public override bool CanPrune => true;

    public override PruningResult TryPrune(SegmentStatistics input)
    {
        long last = _next + input.Count - 1;
        SegmentStatistics output = input.WithLast(new IntegerColumn(new[] { last })) with { Numbers = new(_next, last) };
        return new(output, () => _next = last + 1);
    }
}
