using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Stages in a row; the output of each is the input of the next.</summary>
internal sealed class PipeNode(Node[] stages) : Node
{
    protected override Batch Run(Batch input)
    {
        Batch batch = input;
        foreach (Node stage in stages)
        {
            batch = stage.Process(batch);
            if (batch.Block.Count == 0 && !batch.IsLast)
            {
                return Batch.Nothing;
            }
        }

        return batch;
    }

    public override bool CanPrune => stages.All(stage => stage.CanPrune);

    public override PruningResult? TryPrune(SegmentStatistics input)
    {
        List<PruningResult> pruned = [];
        SegmentStatistics outline = input;
        foreach (Node stage in stages)
        {
            if (outline.Count == 0)
            {
                break;
            }

            if (stage.TryPrune(outline) is not { } next)
            {
                return null;
            }

            pruned.Add(next);
            outline = next.Output;
        }

        return new(outline, () => pruned.ForEach(stage => stage.Commit()));
    }
}
