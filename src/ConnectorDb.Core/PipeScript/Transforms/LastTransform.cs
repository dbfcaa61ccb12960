using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

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
            above 3. A datapoint is also the last one when the next one cannot be computed.
            """,
        Examples = ["mean | if last — the mean of all datapoints"],
        OneToOne = true,
        Peek = true,
        OutputSchema = """{"type":"boolean"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Marking();

    private sealed class Marking : Node
    {
        private Block _waiting = Block.Empty;

        protected override Batch Run(Batch input)
        {
            Block known = Rows.Concat(_waiting, Rows.WithoutData(input.Block));
            int before = Math.Max(0, known.Count - 1);
            _waiting = known.Slice(before, known.Count - before);
            bool[] flags = new bool[input.IsLast ? known.Count : before];
            if (input.IsLast && flags.Length > 0)
            {
                flags[^1] = true;
            }

            return input.With(known, new BooleanColumn(flags), error: null);
        }
    }
}
