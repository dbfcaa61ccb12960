using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Marks the last datapoint.</summary>
internal sealed class LastTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "last",
        Description = "True for the last datapoint, false for all others.",
        Documentation = """
            It looks one datapoint ahead in the stream as it is at this stage: `if $ > 3 | if last` gives the last datapoint
            above 3. When the datapoint after it cannot be computed, a datapoint is the last one, too.
            """,
        Examples = ["mean | if last — the mean of all datapoints"],
        OneToOne = true,
        Peek = true,
        OutputSchema = """{"type":"boolean"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Marking();

    private sealed class Marking : Node
    {
        private double? _waiting;

        public override Batch Process(Batch input)
        {
            ReadOnlySpan<double> more = input.Block.Times.Span;
            int held = _waiting is null ? 0 : 1;
            double[] times = Buffers.Make<double>(held + more.Length);
            more.CopyTo(times.AsSpan(held));
            if (_waiting is { } first)
            {
                times[0] = first;
            }

            _waiting = times.Length > 0 ? times[^1] : null;
            bool[] flags = new bool[input.IsLast ? times.Length : Math.Max(0, times.Length - 1)];
            if (input.IsLast && flags.Length > 0)
            {
                flags[^1] = true;
            }

            return input.With(times, new BooleanColumn(flags), fault: null);
        }
    }
}
