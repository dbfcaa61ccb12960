using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Numbers the datapoints.</summary>
internal sealed class CountingNode(long first) : ColumnNode
{
    private long _next = first;

    protected override Column Map(Block input, ref Fault? fault)
    {
        long[] numbers = Buffers.Make<long>(input.Count);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _next++;
        }

        return new IntegerColumn(numbers);
    }
}
