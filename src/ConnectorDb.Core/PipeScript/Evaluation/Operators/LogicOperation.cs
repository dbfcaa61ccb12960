using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>The operators <c>and</c> and <c>or</c>. Both sides are always evaluated.</summary>
internal sealed class LogicOperation<T> : BinaryOperation
    where T : struct, ILogic
{
    public override Column Apply(Block input, Column left, Column right, WorkingMemory memory, ref EvaluationError? error)
    {
        ReadOnlySpan<byte> a = Booleans.Read(input, left, ref error).Span.AsBytes();
        ReadOnlySpan<byte> b = Booleans.Read(input, right.Slice(0, a.Length), ref error).Span.AsBytes();
        bool[] results = new bool[b.Length];
        Span<byte> bytes = results.AsSpan().AsBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)T.Of(a[i], b[i]);
        }

        return new BooleanColumn(results);
    }

    public override bool CanPrune => true;

    /// <summary>The operation is monotonic, so the results lie between those of the ends.</summary>
    public override ValueRange? TryPrune(ValueRange left, ValueRange right)
        => new(T.Of(left.AreTrue ? 1 : 0, right.AreTrue ? 1 : 0), T.Of(left.AreFalse ? 0 : 1, right.AreFalse ? 0 : 1));
}
