using System.Numerics;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Converts columns to numbers.</summary>
internal static class Numbers
{
    /// <summary>The column holds only numbers and booleans, so that all of it converts.</summary>
    public static bool AreCertain(Column column) => column switch
    {
        NumberColumn or IntegerColumn or BooleanColumn or SingleColumn => true,
        ConstantColumn constant => constant.Value.IsNumber || constant.Value.Kind == DataKind.Boolean,
        _ => false,
    };

    /// <summary>The numbers up to the first value that is not one; that value is an error at its datapoint.</summary>
    public static ReadOnlyMemory<double> Read(Block block, Column column, ref EvaluationError? error)
    {
        ReadOnlyMemory<double> numbers = Of(column);
        if (numbers.Length < column.Count)
        {
            error = EvaluationError.At(block, numbers.Length, Problem.NotNumber(column[numbers.Length]));
        }

        return numbers;
    }

    /// <summary>As <see cref="Read(Block, Column, ref EvaluationError?)"/>, but a constant stays a single number.</summary>
    public static ReadOnlyMemory<double> ReadOperand(Block block, Column column, ref EvaluationError? error)
        => column is ConstantColumn { Count: > 1 } constant
            ? Read(block, constant.Slice(0, 1), ref error)
            : Read(block, column, ref error);

    private static ReadOnlyMemory<double> Of(Column column)
    {
        switch (column)
        {
            case NumberColumn numbers:
                return numbers.Values;
            case IntegerColumn integers:
                return FromIntegers(integers.Values.Span);
            case BooleanColumn booleans:
                return FromBooleans(booleans.Values.Span);
            case ConstantColumn constant:
                return FromConstant(constant);
            case SingleColumn singles:
                return singles.Widened();
            default:
                return FromValues(column);
        }
    }

    private static double[] FromIntegers(ReadOnlySpan<long> integers)
    {
        double[] numbers = Buffers.Make<double>(integers.Length);
        int i = 0;
        for (; i <= integers.Length - Vector<long>.Count; i += Vector<long>.Count)
        {
            Vector.ConvertToDouble(new Vector<long>(integers[i..])).CopyTo(numbers, i);
        }

        for (; i < numbers.Length; i++)
        {
            numbers[i] = integers[i];
        }

        return numbers;
    }

    private static double[] FromBooleans(ReadOnlySpan<bool> booleans)
    {
        double[] numbers = Buffers.Make<double>(booleans.Length);
        ReadOnlySpan<byte> bytes = booleans.AsBytes();
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = bytes[i];
        }

        return numbers;
    }

    private static double[] FromConstant(ConstantColumn constant)
    {
        if (!Conversion.TryNumber(constant.Value, out double number))
        {
            return [];
        }

        double[] numbers = Buffers.Make<double>(constant.Count);
        Array.Fill(numbers, number);
        return numbers;
    }

    private static ReadOnlyMemory<double> FromValues(Column column)
    {
        double[] numbers = Buffers.Make<double>(column.Count);
        int done = 0;
        while (done < numbers.Length && Conversion.TryNumber(column[done], out double number))
        {
            numbers[done++] = number;
        }

        return numbers.AsMemory(0, done);
    }
}
