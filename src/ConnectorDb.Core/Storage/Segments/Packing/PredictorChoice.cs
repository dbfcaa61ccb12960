using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>The predictor with the lowest cost on a sample, and the center of its errors.</summary>
internal readonly record struct PredictorChoice(int Index, long Center, double BitsPerValue)
{
    /// <summary>The first errors of a run depend on the seed and not on the predictor, so they are left out.</summary>
    private const int Seeded = 2;

    private const int MedianOf = 31;

    public static PredictorChoice For(ReadOnlySpan<long> values)
    {
        if (values.Length == 1)
        {
            return new PredictorChoice(0, values[0], 0);
        }

        // Packing with each predictor would take six times as long; the entropy of a sample ranks them nearly always the same.
        PredictorChoice best = new(0, 0, double.PositiveInfinity);
        for (int i = 0; i < Predictor.All.Count && best.BitsPerValue > 0; i++)
        {
            PredictorChoice next = Weigh(values, i);
            if (next.BitsPerValue < best.BitsPerValue)
            {
                best = next;
            }
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PredictorChoice Weigh(ReadOnlySpan<long> values, int index)
    {
        Predictor predictor = Predictor.All[index];
        Span<long> errors = stackalloc long[Sample.RunLength];
        BitCost cost = new();
        long? center = null;
        for (int run = 0; run < Sample.CountFor(values.Length); run++)
        {
            ReadOnlySpan<long> part = values[Sample.Run(values.Length, run)];
            predictor.Predict(part, predictor.ChooseSeed(part, 0), errors);
            Span<long> settled = errors[Math.Min(Seeded, part.Length - 1)..part.Length];
            center ??= Median(settled);
            foreach (long error in settled)
            {
                cost.Add(ZigZag.Encode(error - center.Value));
            }
        }

        return new PredictorChoice(index, center ?? 0, cost.BitsPerValue);
    }

    /// <summary>An approximate median: that of a few of the values.</summary>
    private static long Median(ReadOnlySpan<long> values)
    {
        Span<long> some = stackalloc long[Math.Min(MedianOf, values.Length)];
        for (int i = 0; i < some.Length; i++)
        {
            some[i] = values[i * values.Length / some.Length];
        }

        some.Sort();
        return some[some.Length / 2];
    }
}
