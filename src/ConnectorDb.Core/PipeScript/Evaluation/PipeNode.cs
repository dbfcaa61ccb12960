namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Stages, each fed by the one before it.</summary>
internal sealed class PipeNode(Node[] stages) : Node
{
    public override Batch Process(Batch input)
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
}
