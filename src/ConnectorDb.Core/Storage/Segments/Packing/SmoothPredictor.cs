using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Predicts the exponentially weighted mean of all values so far, in which the newest has the weight 2^−shift; with shift 0 that
/// is the last value (delta). The more the noise of a sensor exceeds its drift, the larger the best shift. The mean is kept in
/// fixed point with <paramref name="shift"/> binary positions, so that an error is simply added to it.
/// </summary>
internal sealed class SmoothPredictor(int shift) : Predictor
{
    public override Seed ChooseSeed(ReadOnlySpan<long> values, long center) => new(values[0] - center, 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Predict(ReadOnlySpan<long> values, Seed seed, Span<long> errors)
    {
        long mean = seed.Value << shift;
        for (int i = 0; i < values.Length; i++)
        {
            long error = values[i] - (mean >> shift);
            mean += error;
            errors[i] = error;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Restore(Span<long> errors, Seed seed)
    {
        long mean = seed.Value << shift;
        foreach (ref long error in errors)
        {
            long value = (mean >> shift) + error;
            mean += error;
            error = value;
        }
    }

    /// <summary>With shift 0 the values are a straight line.</summary>
    public override bool TryLine(Seed seed, long error, out LinearSequence line)
    {
        line = new LinearSequence(seed.Value + error, error);
        return shift == 0;
    }

    /// <summary>With shift 0 the values are a straight line, computed eight at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fill(Span<long> values, Seed seed, long error)
    {
        if (shift != 0)
        {
            base.Fill(values, seed, error);
            return;
        }

        Vector256<long> low = Vector256.Create(seed.Value) + (Vector256.Create(1L, 2, 3, 4) * error);
        Vector256<long> high = low + Vector256.Create(4 * error);
        Vector256<long> step = Vector256.Create(8 * error);
        Span<Vector256<long>> vectors = MemoryMarshal.Cast<long, Vector256<long>>(values);
        int i = 0;
        for (; i + 2 <= vectors.Length; i += 2)
        {
            vectors[i] = low;
            vectors[i + 1] = high;
            low += step;
            high += step;
        }

        for (int at = i * Vector256<long>.Count; at < values.Length; at++)
        {
            values[at] = seed.Value + ((at + 1) * error);
        }
    }
}
