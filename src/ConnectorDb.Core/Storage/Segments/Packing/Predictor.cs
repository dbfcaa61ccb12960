namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>The initial state of a predictor; a number that it does not need is 0.</summary>
internal readonly record struct Seed(long Value, long Step);

/// <summary>
/// Predicts each integer of a sequence from those before it, so that only the small errors are stored. All arithmetic wraps
/// around at 64 bits, so nothing is lost for any values.
/// </summary>
internal abstract class Predictor
{
    /// <summary>All predictors; a segment refers to one by its index, so the order never changes. At equal cost the first wins.</summary>
    public static IReadOnlyList<Predictor> All { get; } =
    [
        new LevelPredictor(),
        new SmoothPredictor(0),
        new LinearPredictor(),
        new SmoothPredictor(1),
        new SmoothPredictor(2),
        new SmoothPredictor(3),
    ];

    /// <summary>Each value depends only on its own error.</summary>
    public virtual bool IsLocal => false;

    /// <summary>The seed that makes the first errors <paramref name="center"/>.</summary>
    public abstract Seed ChooseSeed(ReadOnlySpan<long> values, long center);

    /// <summary>Computes the difference of each value to its prediction.</summary>
    public abstract void Predict(ReadOnlySpan<long> values, Seed seed, Span<long> errors);

    /// <summary>Turns errors into values in position.</summary>
    public abstract void Restore(Span<long> errors, Seed seed);

    /// <summary>The values when all errors are the same.</summary>
    public virtual void Fill(Span<long> values, Seed seed, long error)
    {
        values.Fill(error);
        Restore(values, seed);
    }

    /// <summary>The values when all errors are the same and the values are a straight line.</summary>
    public virtual bool TryLine(Seed seed, long error, out LinearSequence line)
    {
        line = default;
        return false;
    }
}
