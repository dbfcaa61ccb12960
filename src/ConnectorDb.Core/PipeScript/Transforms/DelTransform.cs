using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Removes a member.</summary>
internal sealed class DelTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "del",
        Description = "Removes a member of an object.",
        Documentation = "An object without that member stays as it is.",
        Arguments = [new() { Name = "key", Description = "The name of the member.", Constant = true }],
        Examples = ["del(\"debug\") — the objects without debug"],
        OneToOne = true,
        Stateless = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        string key = call.Text(0);
        return _ => ScalarNode.OfObject(value => DataValue.From(value.Where(name => name != key)), _ => "Can't read object keys");
    }
}
