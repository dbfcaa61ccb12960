using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Shifts datapoints in time.</summary>
internal sealed class TShiftTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "tshift",
        Description = "Shifts the datapoints in time.",
        Arguments = [new() { Name = "seconds", Description = "The shift in seconds; negative is earlier.", Constant = true }],
        Examples = ["tshift(-3600) — an hour earlier"],
        OneToOne = true,
        Stateless = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        double seconds = call.Number(0);
        return _ => new Shifting(seconds);
    }

    private sealed class Shifting(double seconds) : Node
    {
        protected override Batch Run(Batch input)
        {
            double[] times = Buffers.Make<double>(input.Block.Count);
            if (times.Length > 0)
            {
                Kernels.Apply<Addition>(input.Block.Times.Span, [seconds], times);
            }

            return input with { Block = input.Block.With(times) };
        }
    }
}
