using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Predicts that the last step repeats itself (delta of delta): for smooth curves.</summary>
internal sealed class LinearPredictor : Predictor
{
    public override Seed ChooseSeed(ReadOnlySpan<long> values, long center)
    {
        long step = values.Length > 1 ? values[1] - values[0] - (2 * center) : 0;
        return new Seed(values[0] - center - step, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Predict(ReadOnlySpan<long> values, Seed seed, Span<long> errors)
    {
        (long last, long step) = seed;
        for (int i = 0; i < values.Length; i++)
        {
            long value = values[i];
            errors[i] = value - last - step;
            step = value - last;
            last = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Restore(Span<long> errors, Seed seed)
    {
        (long last, long step) = seed;
        foreach (ref long error in errors)
        {
            step += error;
            last += step;
            error = last;
        }
    }
}
