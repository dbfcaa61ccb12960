using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Runs a script on each member of an object.</summary>
internal sealed class ApplyTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "apply",
        Description = "Replaces each value of an object by the result of a script.",
        Documentation = "The script restarts for each value.",
        Arguments = [new() { Name = "script", Description = "The script for one value.", Body = true }],
        Examples = ["apply($ * 1.8 + 32) — every member in Fahrenheit"],
        OneToOne = true,
        Stateless = true,
    };

    internal override bool BodiesMayPeek => true;

    internal override NodeFactory Bind(BoundCall call)
    {
        Plan body = call.Plan(0);
        return activation => new Applying(new PerValueBody(body, activation.Of(1)));
    }

    private sealed class Applying(PerValueBody body) : ObjectMapNode
    {
        protected override EvaluationError? Add(double time, DataObject value, BlockBuilder results)
        {
            KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[value.Count];
            for (int i = 0; i < members.Length; i++)
            {
                (string name, DataValue member) = value.Members[i];
                Batch answer = body.Process(time, member);
                if (answer.Error is not null)
                {
                    return answer.Error;
                }

                members[i] = new(name, answer.Block.Values[0]);
            }

            results.Add(time, DataValue.From(new DataObject(members)));
            return null;
        }
    }
}
