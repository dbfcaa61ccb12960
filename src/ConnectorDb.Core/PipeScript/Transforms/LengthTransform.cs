using System.Text;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The length of a value.</summary>
internal sealed class LengthTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "length",
        Description = "The length of an array, object or text.",
        Documentation = "Elements of an array, members of an object, bytes of a text in UTF-8; 0 for anything else.",
        Examples = ["if length > 140 — texts of more than 140 bytes"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"integer"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new ScalarNode(value => LengthOf(value));

    private static DataValue LengthOf(DataValue value) => DataValue.From(value.Kind switch
    {
        DataKind.Array => value.AsArray().Length,
        DataKind.Object => value.AsObject().WithoutRepeats().Count,
        DataKind.Text => (long)Encoding.UTF8.GetByteCount(value.AsText()),
        _ => 0,
    });
}
