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

    public override bool Foresees => stages.All(stage => stage.Foresees);

    public override Foresight? Foresee(Outline input)
    {
        List<Foresight> foreseen = [];
        Outline outline = input;
        foreach (Node stage in stages)
        {
            if (outline.Count == 0)
            {
                break;
            }

            if (stage.Foresee(outline) is not { } next)
            {
                return null;
            }

            foreseen.Add(next);
            outline = next.Output;
        }

        return new(outline, () => foreseen.ForEach(stage => stage.Pass()));
    }
}
