using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;
using ConnectorDb.Core.PipeScript.Language;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>A binary operator over two columns of one length.</summary>
internal abstract class BinaryOperation
{
    public static BinaryOperation Of(Operator name) => name switch
    {
        Operator.Or => new LogicOperation<Disjunction>(),
        Operator.And => new LogicOperation<Conjunction>(),
        Operator.Equal => new EqualityOperation<Equal>(expected: true),
        Operator.NotEqual => new EqualityOperation<NotEqual>(expected: false),
        Operator.Less => new OrderOperation<Less>(),
        Operator.LessOrEqual => new OrderOperation<LessOrEqual>(),
        Operator.Greater => new OrderOperation<Greater>(),
        Operator.GreaterOrEqual => new OrderOperation<GreaterOrEqual>(),
        Operator.Add => new PlusOperation(),
        Operator.Subtract => new ArithmeticOperation<Subtraction>(),
        Operator.Multiply => new ArithmeticOperation<Multiplication>(),
        Operator.Divide => new ArithmeticOperation<Division>(),
        Operator.Remainder => new ArithmeticOperation<Remainder>(),
        _ => new ArithmeticOperation<Power>(),
    };

    /// <summary>The results: as many as values, or fewer and the error of the datapoint after them.</summary>
    public abstract Column Apply(Block input, Column left, Column right, WorkingMemory memory, ref EvaluationError? error);

    /// <summary><see cref="TryPrune"/> may give a result.</summary>
    public virtual bool CanPrune => false;

    /// <summary>The range of the results; null when it is not known.</summary>
    public virtual ValueRange? TryPrune(ValueRange left, ValueRange right) => null;

    /// <summary>The message of ConnectorDB 0.3 for operands of an arithmetic operator that are not numbers.</summary>
    protected const string NotAlgebra = "Failed to perform algebraic operation: couldn't convert to float.";

    /// <summary>Its message for operands of a comparison that are not numbers.</summary>
    protected const string NotOrdered = "Values given to comparison not numerical!";

    /// <summary>Both operands as numbers, as many as convert; single constants stay single.</summary>
    /// <param name="original">The message of ConnectorDB 0.3 for other operands.</param>
    protected static (ReadOnlyMemory<double> Left, ReadOnlyMemory<double> Right, int Count) ReadNumbers(
        Block input, Column left, Column right, string original, ref EvaluationError? error)
    {
        EvaluationError? fault = null;
        ReadOnlyMemory<double> a = Numbers.ReadOperand(input, left, ref fault);
        int count = CountOf(left, a.Length);
        Column rest = right.Slice(0, count);
        ReadOnlyMemory<double> b = count == 0 ? default : Numbers.ReadOperand(input, rest, ref fault);
        error = fault?.Named(original) ?? error;
        return (a, b, Math.Min(count, CountOf(rest, b.Length)));
    }

    private static int CountOf(Column column, int read)
        => column is ConstantColumn && read > 0 ? column.Count : read;
}
