using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The time as data.</summary>
internal sealed class TTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "t",
        Description = "The time of the datapoint, in unix seconds, as its data.",
        Examples = ["if t > 1700000000 — datapoints after a time", "t | if last — when the last datapoint was"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Telling();

    private sealed class Telling : ColumnNode
    {
        protected override Column Map(Block input, ref EvaluationError? error) => new NumberColumn(input.Times);

        public override bool CanPrune => true;

        public override PruningResult TryPrune(SegmentStatistics input)
            => PruningResult.Stateless(input.WithLast(new NumberColumn(new[] { input.LastT })) with { Numbers = new(input.FirstT, input.LastT) });
    }
}
