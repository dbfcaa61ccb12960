using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Marks the first datapoint.</summary>
internal sealed class FirstTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "first",
        Description = "True for the first datapoint, false for all others.",
        Examples = ["if first — the first datapoint only"],
        OneToOne = true,
        OutputSchema = """{"type":"boolean"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Marking();

    private sealed class Marking : ColumnNode
    {
        private bool _isFirst = true;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            bool[] flags = new bool[input.Count];
            flags[0] = _isFirst;
            _isFirst = false;
            return new BooleanColumn(flags);
        }

        public override bool CanPrune => true;

        public override PruningResult? TryPrune(SegmentStatistics input)
            => _isFirst ? null : PruningResult.Stateless(input.WithLast(new BooleanColumn(new[] { false })) with { Numbers = new(0, 0) });
    }
}
