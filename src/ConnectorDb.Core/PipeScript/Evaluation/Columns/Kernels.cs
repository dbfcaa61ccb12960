using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Vectorized loops over doubles. An operand is as long as the results, or one number for all of them.</summary>
internal static class Kernels
{
    /// <summary>Maps four comparison bits to four booleans of a byte each.</summary>
    private static readonly uint[] s_booleansOfBits = Enumerable.Range(0, 16)
        .Select(bits => (uint)((bits & 1) | ((bits & 2) << 7) | ((bits & 4) << 14) | ((bits & 8) << 21)))
        .ToArray();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TOperation>(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> results)
        where TOperation : struct, IArithmetic
    {
        int i = 0;
        if (TOperation.IsVectorized && results.Length >= Vector<double>.Count)
        {
            bool manyLeft = left.Length > 1;
            bool manyRight = right.Length > 1;
            Vector<double> a = new(left[0]);
            Vector<double> b = new(right[0]);
            for (; i <= results.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                a = manyLeft ? new Vector<double>(left[i..]) : a;
                b = manyRight ? new Vector<double>(right[i..]) : b;
                TOperation.Of(a, b).CopyTo(results[i..]);
            }
        }

        int leftStep = left.Length > 1 ? 1 : 0;
        int rightStep = right.Length > 1 ? 1 : 0;
        for (; i < results.Length; i++)
        {
            results[i] = TOperation.Of(left[i * leftStep], right[i * rightStep]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compare<TComparison>(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<bool> results)
        where TComparison : struct, IComparison
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated && results.Length >= Vector256<double>.Count)
        {
            bool manyLeft = left.Length > 1;
            bool manyRight = right.Length > 1;
            Vector256<double> a = Vector256.Create(left[0]);
            Vector256<double> b = Vector256.Create(right[0]);
            ref byte target = ref MemoryMarshal.GetReference(results.AsBytes());
            for (; i <= results.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                a = manyLeft ? Vector256.Create(left[i..]) : a;
                b = manyRight ? Vector256.Create(right[i..]) : b;
                uint bits = TComparison.Of(a, b).ExtractMostSignificantBits();
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i), s_booleansOfBits[bits]);
            }
        }

        int leftStep = left.Length > 1 ? 1 : 0;
        int rightStep = right.Length > 1 ? 1 : 0;
        for (; i < results.Length; i++)
        {
            results[i] = TComparison.Of(left[i * leftStep], right[i * rightStep]);
        }
    }

    /// <summary>Writes the running sum of numbers and returns the last one.</summary>
    /// <remarks>One addition after the other: the sum of a script must not depend on blocks or on the width of vectors.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Accumulate(double sum, ReadOnlySpan<double> numbers, Span<double> results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            sum += numbers[i];
            results[i] = sum;
        }

        return sum;
    }

    /// <summary>Divides each number by its position, counted on from a given number.</summary>
    /// <param name="before">The number of numbers before the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void DivideByCounts(Span<double> numbers, double before)
    {
        int i = 0;
        if (numbers.Length >= Vector<double>.Count)
        {
            Span<double> first = stackalloc double[Vector<double>.Count];
            for (int k = 0; k < first.Length; k++)
            {
                first[k] = before + k + 1;
            }

            Vector<double> counts = new(first);
            Vector<double> step = new(Vector<double>.Count);
            for (; i <= numbers.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                (new Vector<double>(numbers[i..]) / counts).CopyTo(numbers[i..]);
                counts += step;
            }
        }

        for (; i < numbers.Length; i++)
        {
            numbers[i] /= before + i + 1;
        }
    }
}
