using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Returns its input.</summary>
internal sealed class IdentityNode : Node
{
    protected override Batch Run(Batch input) => input;

    public override bool CanPrune => true;

    public override PruningResult TryPrune(SegmentStatistics input) => PruningResult.Stateless(input);
}
