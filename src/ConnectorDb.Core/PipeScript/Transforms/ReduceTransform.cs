using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>A script over the members of an object.</summary>
internal sealed class ReduceTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "reduce",
        Description = "Runs a script over the values of an object, and gives its last result.",
        Documentation = "The values come in the order of their sorted keys, all at the object's time. An empty object gives null.",
        Arguments = [new() { Name = "script", Description = "What to compute from the values.", Body = true }],
        Examples = ["map(weekday, mean) | reduce(max) — the mean of the best day of the week"],
        OneToOne = true,
    };

    internal override bool BodiesMayPeek => true;

    internal override NodeFactory Bind(BoundCall call)
    {
        Plan body = call.Plan(0);
        return activation => new Reducing(new FreshBody(body, activation.Of(1)));
    }

    private sealed class Reducing(FreshBody body) : ObjectsNode
    {
        protected override Fault? Add(double time, DataObject value, BlockBuilder results)
        {
            DataValue[] values = value.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => member.Value).ToArray();
            Batch answer = body.Process(time, values);
            if (answer.Fault is null)
            {
                int last = answer.Block.Count - 1;
                results.Add(last < 0 ? time : answer.Block.Times.Span[last], last < 0 ? DataValue.Null : answer.Block.Values[last]);
            }

            return answer.Fault;
        }
    }
}
