using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Runs one script for each key, with the results so far for each datapoint.</summary>
internal sealed class IMapTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "imap",
        Description = "Like map, but gives the object of the results so far for each datapoint.",
        Documentation = "At most 50000 keys, which may have several parts, as in map.",
        Arguments =
        [
            new() { Name = "key", Description = "The key of a datapoint." },
            new() { Name = "script", Description = "The script for each key.", Body = true },
        ],
        Examples = ["imap($(\"room\"), $(\"temperature\")) — the newest temperature of every room"],
        OneToOne = true,
    };

    internal override int? KeyArgument => 0;

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans key = call.Arguments(0);
        Plan body = call.Plan(1);
        int most = call.Settings.MaxKeys;
        return activation => new Mapping(key, new GroupedBodies(body, activation.Of(1), new KeyIndex(most, "imap", activation.Memory)), activation);
    }

    private sealed class Mapping(ArgumentPlans key, GroupedBodies bodies, Activation activation) : ArgumentNode(key, activation)
    {
        private readonly LatestValues _values = new(activation.Memory);

        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            if (input.Count == 0)
            {
                return end;
            }

            EvaluationError? error = null;
            DataValue[] start = _values.All.ToArray();
            (int Key, DataValue Value)[] changes = bodies.Process(input, arguments[0].Values, ref error);
            foreach ((int number, DataValue value) in changes)
            {
                _values.Set(number, value);
            }

            return end.With(input, new SnapshotColumn(bodies.Keys.ToArray(), start, changes, Memory, 0, changes.Length), error);
        }
    }
}
