namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

internal delegate Node NodeFactory(Activation activation);

/// <summary>A checked part of a script. It has no state and can be started any number of times.</summary>
/// <param name="Factory">Makes the node that runs it.</param>
internal sealed record Plan(NodeFactory Factory)
{
    /// <summary>Makes the node that runs it.</summary>
    public Node Start(Activation activation)
    {
        Node node = Factory(activation);
        node.Memory = activation.Memory;
        return node;
    }

    /// <summary>One datapoint comes out for each that goes in.</summary>
    public bool OneToOne { get; init; } = true;

    /// <summary>Counts as one-to-one, as <c>while</c> does for constants after it, but has one result for a group of datapoints.</summary>
    public bool Gathers { get; init; }

    /// <summary>Does not depend on the datapoints.</summary>
    public bool Constant { get; init; }

    /// <summary>The value of a constant that could be computed.</summary>
    public DataValue? Value { get; init; }

    /// <summary>Nothing is remembered from datapoint to datapoint, as far as the flags of the language tell.</summary>
    public bool Stateless { get; init; } = true;

    /// <summary>Looks ahead, as far as the flags of the language tell: they do not see below operators and arguments.</summary>
    public bool Peek { get; init; }

    /// <summary>A part of it looks ahead, so that results may come later than their datapoints.</summary>
    public bool Delays { get; init; }

    /// <summary>The name of the transform if this is a call of it without arguments.</summary>
    public string? BareTransform { get; init; }
}
