namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>The datapoints as they are.</summary>
internal sealed class PassingNode : Node
{
    public static PassingNode Instance { get; } = new();

    public override Batch Process(Batch input) => input;

    public override bool Foresees => true;

    public override Foresight Foresee(Outline input) => Foresight.Of(input);
}
