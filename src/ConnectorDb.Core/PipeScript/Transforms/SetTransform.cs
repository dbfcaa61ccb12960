using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Adds a member or changes its value.</summary>
internal sealed class SetTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "set",
        Description = "Sets a member of an object.",
        Arguments =
        [
            new() { Name = "key", Description = "The name of the member.", Constant = true },
            new() { Name = "value", Description = "The value of the member." },
        ],
        Examples = ["set(\"sum\", $(\"a\") + $(\"b\")) — a new member from two others"],
        OneToOne = true,
        Stateless = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        string key = call.Text(0);
        ArgumentPlans value = call.Arguments(1);
        return activation => new Setting(key, value, activation);
    }

    private sealed class Setting(string key, ArgumentPlans value, Activation activation) : ArgumentNode(value, activation)
    {
        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            int at = 0;
            ScalarNode set = ScalarNode.OfObject(old => DataValue.From(old.With(key, arguments[0].Values[at++])), _ => "Can't read object keys");
            set.Memory = Memory;
            Batch answer = set.Process(new Batch(input));
            return end.With(answer.Block, answer.Error);
        }
    }
}
