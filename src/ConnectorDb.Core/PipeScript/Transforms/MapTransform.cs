using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Runs one script for each key.</summary>
internal sealed class MapTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "map",
        Description = "Splits the stream by a key and gives one object of the results for each key.",
        Documentation = """
            Each key has its own copy of the script, which sees only the datapoints of that key. At the end of the stream there is one
            datapoint: an object with the last result of each, at the time of the last datapoint. Keys are texts; large numbers
            are written with an exponent (`1e+06`). At most 50000 keys.

            A key of several parts has a text between them, for example `weekday + "-" + dayhour`: in a key, `+` then joins its
            operands as texts. Take `dayhour` for the hour of the day, because `hour` counts the hours since 1970. An array such as
            `[weekday, dayhour]` is no key.
            """,
        Arguments =
        [
            new() { Name = "key", Description = "The key of a datapoint." },
            new() { Name = "script", Description = "The script for each key.", Body = true },
        ],
        Examples =
        [
            "map($, count) — how often each value occurs",
            "map(weekday, mean) — the mean of each day of the week",
            "map(bucket(10), count) — a histogram",
            "map(weekday + \" \" + dayhour, mean) — the mean of each hour of the week",
        ],
    };

    internal override int? KeyArgument => 0;

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans key = call.Arguments(0);
        Plan body = call.Plan(1);
        int most = call.Settings.MaxKeys;
        return activation => new Mapping(key, new GroupedBodies(body, activation.Of(1), new KeyIndex(most, "map", activation.Memory)), activation);
    }

    private sealed class Mapping(ArgumentPlans key, GroupedBodies bodies, Activation activation) : ArgumentNode(key, activation)
    {
        private readonly LatestValues _values = new(activation.Memory);
        private double _time;

        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            if (input.Count > 0)
            {
                EvaluationError? error = null;
                foreach ((int number, DataValue value) in bodies.Process(input, arguments[0].Values, ref error))
                {
                    _values.Set(number, value);
                }

                if (error is not null)
                {
                    return end.With(Block.Empty, error);
                }

                _time = input.Times.Span[^1];
            }

            return end is { IsLast: true, Error: null } && _values.All.Count > 0 ? end.With(Result(), error: null) : end;
        }

        private Block Result()
        {
            KeyValuePair<string, DataValue>[] members = bodies.Keys.Zip(_values.All, KeyValuePair.Create).ToArray();
            return new Block(new[] { _time }, new ValueColumn(new[] { DataValue.From(new DataObject(members)) }));
        }
    }
}
