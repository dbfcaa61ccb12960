using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Runs a script over the members of an object.</summary>
internal sealed class ReduceTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "reduce",
        Description = "Runs a script over the values of an object and gives its last result.",
        Documentation = "The values come in the order of their sorted keys, all at the object's time. An empty object gives null.",
        Arguments = [new() { Name = "script", Description = "The script for the values.", Body = true }],
        Examples = ["map(weekday, mean) | reduce(max) — the mean of the best day of the week"],
        OneToOne = true,
    };

    internal override bool BodiesMayPeek => true;

    internal override NodeFactory Bind(BoundCall call)
    {
        Plan body = call.Plan(0);
        return activation => new Reducing(new PerValueBody(body, activation.Of(1)));
    }

    private sealed class Reducing(PerValueBody body) : ObjectMapNode
    {
        protected override string NotObject => "Datapoint's data can't be reduced";

        protected override EvaluationError? Add(double time, DataObject value, BlockBuilder results)
        {
            DataValue[] values = value.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => member.Value).ToArray();
            Batch answer = body.Process(time, values);
            if (answer.Error is null)
            {
                int last = answer.Block.Count - 1;
                results.Add(last < 0 ? time : answer.Block.Times.Span[last], last < 0 ? DataValue.Null : answer.Block.Values[last]);
            }

            return answer.Error;
        }
    }
}
