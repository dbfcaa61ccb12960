namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>The arguments that a node evaluates for each of its datapoints.</summary>
internal sealed class ArgumentPlans(params Plan[] plans)
{
    public int Count => plans.Length;

    /// <summary>Some result may come later than its datapoint.</summary>
    public bool Delay { get; } = plans.Any(plan => plan.Delays);

    public Node[] Start(Activation activation)
    {
        Node[] nodes = new Node[plans.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = plans[i].Start(activation);
        }

        return nodes;
    }
}
