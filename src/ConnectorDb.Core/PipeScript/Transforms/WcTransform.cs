using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Counts words.</summary>
internal sealed class WcTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "wc",
        Description = "The number of words in the text.",
        Documentation = "Words end at white space and at most punctuation.",
        Examples = ["wc | sum | if last — the words of all texts"],
        OneToOne = true,
        Stateless = true,
        InputSchema = """{"type":"string"}""",
        OutputSchema = """{"type":"integer"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
        => _ => ScalarNode.OfText(text => DataValue.From((long)TokenizedText.Words(text).Length));
}
