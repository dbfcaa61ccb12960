using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Random numbers.</summary>
internal sealed class RandTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "rand",
        Description = "A random number from 0 up to, but not including, 1.",
        Documentation = "All numbers are equally likely. With a seed in the script settings the sequence is repeatable.",
        Examples = ["if rand < 0.01 — a hundredth of the datapoints, by chance"],
        OneToOne = true,
        OutputSchema = """{"type":"number","minimum":0,"exclusiveMaximum":1}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        int position = call.Position;
        return activation => new Drawing(activation.Of(position).Seed);
    }

    /// <summary>SplitMix64: a mixed counter, of which the upper 53 bits of each number become a double.</summary>
    private sealed class Drawing(ulong seed) : ColumnNode
    {
        private ulong _state = seed;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            double[] numbers = Buffers.Make<double>(input.Count);
            for (int i = 0; i < numbers.Length; i++)
            {
                _state += Activation.Step;
                numbers[i] = (Activation.Mix(_state) >> 11) * (1.0 / (1UL << 53));
            }

            return new NumberColumn(numbers);
        }
    }
}
