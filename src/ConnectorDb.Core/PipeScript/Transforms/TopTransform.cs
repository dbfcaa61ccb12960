using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The largest members of an object.</summary>
internal sealed class TopTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "top",
        Description = "Keeps the n members of an object with the largest values.",
        Documentation = "The largest one comes first. Where values are equal the order of the keys decides. With a script, what that makes of a value is compared.",
        Arguments =
        [
            new() { Name = "n", Description = "How many members to keep.", Constant = true },
            new() { Name = "weight", Description = "What to compare.", Optional = true, Default = "$", Body = true },
        ],
        Examples = ["map($, count) | top(5) — the five most frequent values"],
        OneToOne = true,
        Stateless = true,
    };

    internal override bool BodiesMayPeek => true;

    internal override NodeFactory Bind(BoundCall call)
    {
        int count = (int)Math.Clamp(call.Integer(0), 0, int.MaxValue);
        Plan weight = call.Plan(1);
        return activation => new MemberRankingNode(new PerValueBody(weight, activation.Of(1)), members => members
            .OrderByDescending(member => member.Weight)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .Take(count));
    }
}
