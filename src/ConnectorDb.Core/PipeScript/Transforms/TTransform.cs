using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation;

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
        protected override Column Map(Block input, ref Fault? fault) => new NumberColumn(input.Times);

        public override bool Foresees => true;

        public override Foresight Foresee(Outline input)
            => Foresight.Of(input.WithLast(new NumberColumn(new[] { input.LastT })) with { Numbers = new(input.FirstT, input.LastT) });
    }
}
