using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The running mean.</summary>
internal sealed class MeanTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "mean",
        Description = "The mean of the datapoints so far.",
        Documentation = "The running sum, added from left to right, divided by the count. Without datapoints there is no result.",
        Examples = ["mean | if last — the mean of all datapoints"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Averaging();

    private sealed class Averaging : NumberNode
    {
        private double _sum;
        private double _count;

        protected override void Map(ReadOnlySpan<double> numbers, Span<double> results)
        {
            _sum = Kernels.Accumulate(_sum, numbers, results);
            Kernels.DivideByCounts(results, _count);
            _count += results.Length;
        }

        public override bool CanPrune => true;

        public override PruningResult? TryPrune(SegmentStatistics input)
        {
            if (input.Sum is not { } step || step.Before != _sum)
            {
                return null;
            }

            double count = _count + input.Count;
            return new(input.WithLast(new NumberColumn(new[] { step.After / count })), () => (_sum, _count) = (step.After, count));
        }
    }
}
