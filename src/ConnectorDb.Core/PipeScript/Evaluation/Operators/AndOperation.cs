using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>True where both are. Both sides are always evaluated.</summary>
internal sealed class AndOperation : BinaryOperation
{
    public override Column Apply(Block input, Column left, Column right, ref EvaluationError? error)
    {
        ReadOnlySpan<byte> a = Booleans.Read(input, left, ref error).Span.AsBytes();
        ReadOnlySpan<byte> b = Booleans.Read(input, right.Slice(0, a.Length), ref error).Span.AsBytes();
        bool[] results = new bool[b.Length];
        Span<byte> bytes = results.AsSpan().AsBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(a[i] & b[i]);
        }

        return new BooleanColumn(results);
    }

    public override bool CanPrune => true;

    public override ValueRange? TryPrune(ValueRange left, ValueRange right)
        => ValueRange.Of(areTrue: left.AreTrue && right.AreTrue, areFalse: left.AreFalse || right.AreFalse);
}
