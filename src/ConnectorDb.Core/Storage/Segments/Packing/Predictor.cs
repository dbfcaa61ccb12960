namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>What a predictor begins with; the number it does not need is 0.</summary>
internal readonly record struct Seed(long Value, long Step);

/// <summary>
/// Foretells each integer of a sequence from those before it, so that only the small errors need be kept. All arithmetic wraps
/// around at 64 bits; so nothing is lost, whatever the values are.
/// </summary>
internal abstract class Predictor
{
    /// <summary>All there are, of equal ones the better first; a segment names one by its place in the list.</summary>
    public static IReadOnlyList<Predictor> All { get; } =
    [
        new LevelPredictor(),
        new SmoothPredictor(0),
        new LinearPredictor(),
        new SmoothPredictor(1),
        new SmoothPredictor(2),
        new SmoothPredictor(3),
    ];

    /// <summary>Each value comes from its own error alone.</summary>
    public virtual bool IsLocal => false;

    /// <summary>The seed with which the first errors become <paramref name="center"/>.</summary>
    public abstract Seed ChooseSeed(ReadOnlySpan<long> values, long center);

    /// <summary>Each value less what was foretold.</summary>
    public abstract void Predict(ReadOnlySpan<long> values, Seed seed, Span<long> errors);

    /// <summary>Turns errors into values where they lie.</summary>
    public abstract void Restore(Span<long> errors, Seed seed);

    /// <summary>The values when all errors are the same.</summary>
    public virtual void Fill(Span<long> values, Seed seed, long error)
    {
        values.Fill(error);
        Restore(values, seed);
    }

    /// <summary>The values when all errors are the same, where they are a straight line.</summary>
    public virtual bool TryLine(Seed seed, long error, out LinearSequence line)
    {
        line = default;
        return false;
    }
}
