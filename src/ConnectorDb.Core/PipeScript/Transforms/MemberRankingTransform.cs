using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The members of an object with the most extreme values: <c>top</c> and <c>bottom</c>.</summary>
/// <param name="name">The name of the transform.</param>
/// <param name="superlative">The adjective of its description.</param>
/// <param name="example">The result of the example.</param>
internal abstract class MemberRankingTransform(string name, string superlative, string example) : Transform
{
    public sealed override TransformInfo Info { get; } = new()
    {
        Name = name,
        Description = $"Keeps the n members of an object with the {superlative} values.",
        Documentation = $"The {superlative} one comes first; of equal values the order of the names decides. With a script, its result for each value is compared.",
        Arguments =
        [
            new() { Name = "n", Description = "The number of members to keep.", Constant = true },
            new() { Name = "weight", Description = "The number to compare.", Optional = true, Default = "$", Body = true },
        ],
        Examples = [$"map($, count) | {name}(5) — {example}"],
        OneToOne = true,
        Stateless = true,
    };

    internal override bool BodiesMayPeek => true;

    /// <summary>Orders members by their weights, the ones to keep first.</summary>
    internal abstract IOrderedEnumerable<WeightedMember> Order(IEnumerable<WeightedMember> members);

    internal override NodeFactory Bind(BoundCall call)
    {
        int count = (int)Math.Clamp(call.Integer(0), 0, int.MaxValue);
        Plan weight = call.Plan(1);
        return activation => new RankingNode(this, count, new PerValueBody(weight, activation.Of(1)));
    }

    internal readonly record struct WeightedMember(string Name, DataValue Value, double Weight);

    private sealed class RankingNode(MemberRankingTransform transform, int count, PerValueBody weight) : ObjectMapNode
    {
        protected override EvaluationError? Add(double time, DataObject value, BlockBuilder results)
        {
            List<WeightedMember> members = [];
            foreach ((string name, DataValue member) in value.Members)
            {
                Batch weighed = weight.Process(time, member);
                EvaluationError? error = weighed.Error;
                ReadOnlySpan<double> weights = Numbers.Read(weighed.Block, weighed.Block.Values, ref error).Span;
                if (error is not null)
                {
                    return error;
                }

                members.Add(new(name, member, weights[0]));
            }

            results.Add(time, DataValue.From(new DataObject(transform.Order(members)
                .ThenBy(member => member.Name, StringComparer.Ordinal)
                .Take(count)
                .Select(member => KeyValuePair.Create(member.Name, member.Value))
                .ToArray())));
            return null;
        }
    }
}
