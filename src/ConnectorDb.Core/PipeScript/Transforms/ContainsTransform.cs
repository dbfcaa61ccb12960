using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Searches for a text.</summary>
internal sealed class ContainsTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "contains",
        Description = "True when the data, as a text, contains a given text.",
        Documentation = "The search is case-sensitive.",
        Arguments = [new() { Name = "text", Description = "The text to search for.", Constant = true }],
        Examples = ["if contains(\"error\") — texts with the word error"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"boolean"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        string sought = call.Text(0);
        return _ => ScalarNode.OfText(text => DataValue.From(text.Contains(sought, StringComparison.Ordinal)));
    }
}
