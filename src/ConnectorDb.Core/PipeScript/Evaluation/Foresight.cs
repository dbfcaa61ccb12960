namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>What a node would answer to datapoints of which only an outline is known, none of which it would refuse.</summary>
/// <param name="Output">The outline of the answer.</param>
/// <param name="Pass">Lets the datapoints pass: the node is then as if it had seen them.</param>
internal sealed record Foresight(Outline Output, Action Pass)
{
    /// <summary>That of a node which remembers nothing.</summary>
    public static Foresight Of(Outline output) => new(output, () => { });
}
