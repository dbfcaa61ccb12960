using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>True where one of them is. Both sides are always evaluated.</summary>
internal sealed class OrOperation : BinaryOperation
{
    public override Column Apply(Block input, Column left, Column right, ref Fault? fault)
    {
        ReadOnlySpan<byte> a = Booleans.Read(input, left, ref fault).Span.AsBytes();
        ReadOnlySpan<byte> b = Booleans.Read(input, right.Slice(0, a.Length), ref fault).Span.AsBytes();
        bool[] results = new bool[b.Length];
        Span<byte> bytes = results.AsSpan().AsBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(a[i] | b[i]);
        }

        return new BooleanColumn(results);
    }

    public override bool Foresees => true;

    public override NumberBounds? Foresee(NumberBounds left, NumberBounds right)
        => NumberBounds.Of(areTrue: left.AreTrue || right.AreTrue, areFalse: left.AreFalse && right.AreFalse);
}
