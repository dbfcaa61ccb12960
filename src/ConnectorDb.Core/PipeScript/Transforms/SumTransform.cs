using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The running sum.</summary>
internal sealed class SumTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "sum",
        Description = "The sum of the datapoints so far.",
        Documentation = "Doubles are added from left to right.",
        Examples = ["sum | if last — the sum of all datapoints"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Adding();

    private sealed class Adding : NumberNode
    {
        private double _sum;

        protected override void Map(ReadOnlySpan<double> numbers, Span<double> results)
            => _sum = Kernels.Accumulate(_sum, numbers, results);

        public override bool CanPrune => true;

        public override PruningResult? TryPrune(SegmentStatistics input)
            => input.Sum is { } step && step.Before == _sum
                ? new(input.WithLast(new NumberColumn(new[] { step.After })), () => _sum = step.After)
                : null;
    }
}
