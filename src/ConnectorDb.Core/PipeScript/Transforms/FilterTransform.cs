using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Removes members of an object.</summary>
internal sealed class FilterTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "filter",
        Description = "Removes members of an object: those for which a script is true.",
        Documentation = "`filter($ < 0)` removes the negative values; it does not keep them. The script restarts for each value.",
        Arguments = [new() { Name = "script", Description = "True for the values to remove.", Body = true }],
        Examples = ["map($, count) | filter($ < 10) — how often, for what occurs ten times or more"],
        OneToOne = true,
    };

    internal override bool BodiesMayPeek => true;

    internal override NodeFactory Bind(BoundCall call)
    {
        Plan body = call.Plan(0);
        return activation => new Filtering(new PerValueBody(body, activation.Of(1)));
    }

    private sealed class Filtering(PerValueBody body) : ObjectMapNode
    {
        protected override EvaluationError? Add(double time, DataObject value, BlockBuilder results)
        {
            List<KeyValuePair<string, DataValue>> kept = [];
            foreach (KeyValuePair<string, DataValue> member in value)
            {
                Batch answer = body.Process(time, member.Value);
                EvaluationError? error = answer.Error;
                ReadOnlySpan<bool> goes = Booleans.Read(answer.Block, answer.Block.Values, ref error).Span;
                if (error is not null)
                {
                    return error;
                }

                if (!goes[0])
                {
                    kept.Add(member);
                }
            }

            results.Add(time, DataValue.From(new DataObject(kept.ToArray())));
            return null;
        }
    }
}
