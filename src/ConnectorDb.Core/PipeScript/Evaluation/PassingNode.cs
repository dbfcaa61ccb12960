namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>The datapoints as they are.</summary>
internal sealed class PassingNode : Node
{
    public static PassingNode Instance { get; } = new();

    public override Batch Process(Batch input) => input;
}
