namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Predicts 0: for values that jump between bounds.</summary>
internal sealed class LevelPredictor : Predictor
{
    public override bool IsLocal => true;

    public override Seed ChooseSeed(ReadOnlySpan<long> values, long center) => default;

    public override void Predict(ReadOnlySpan<long> values, Seed seed, Span<long> errors) => values.CopyTo(errors);

    public override void Restore(Span<long> errors, Seed seed)
    {
    }
}
