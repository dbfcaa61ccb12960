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

    public override bool Foresees => true;

    public override Foresight Foresee(Outline input)
    {
        long last = _next + input.Count - 1;
        Outline output = input.WithLast(new IntegerColumn(new[] { last })) with { Numbers = new(_next, last) };
        return new(output, () => _next = last + 1);
    }
}
