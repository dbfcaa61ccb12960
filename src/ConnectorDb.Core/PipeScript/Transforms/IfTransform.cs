using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Lets datapoints pass.</summary>
internal sealed class IfTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "if",
        Description = "Lets a datapoint pass when the condition is true.",
        Documentation = """
            The datapoint itself is not changed. Numbers are true above 0.
            `if last` keeps only the last datapoint, which turns a running value into a total.
            """,
        Arguments = [new() { Name = "condition", Description = "What must be true." }],
        Examples =
        [
            "if $ > 20 — the datapoints above 20",
            "if changed — the datapoints that differ from the one before",
            "sum | if last — the sum of all datapoints",
        ],
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        if (call.Plan(0).Bare is LastTransform)
        {
            return _ => new KeepLast();
        }

        BoundArguments condition = call.Arguments(0);
        return activation => new Passing(condition, activation);
    }

    private sealed class Passing(BoundArguments condition, Activation activation) : ArgumentNode(condition, activation)
    {
        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            Fault? fault = null;
            ReadOnlySpan<bool> passes = Booleans.Read(input, arguments[0].Values, ref fault).Span;
            return end.With(Rows.Keep(input, passes), fault);
        }

        protected override bool ForeseesByBounds => true;

        protected override Foresight? Foresee(Outline input, NumberBounds[] arguments)
            => arguments[0].AreTrue ? Foresight.Of(input)
                : arguments[0].AreFalse ? Foresight.Of(Outline.Nothing)
                : null;
    }

    /// <summary>What <c>if last</c> comes to, without a flag for each datapoint.</summary>
    private sealed class KeepLast : Node
    {
        private Func<Block> _last = () => Block.Empty;

        public override Batch Process(Batch input)
        {
            if (input.Block.Count > 0)
            {
                Block last = input.Block.Slice(input.Block.Count - 1, 1);
                _last = () => last;
            }

            return input.IsLast ? input with { Block = _last() } : Batch.Nothing;
        }

        public override bool Foresees => true;

        public override Foresight? Foresee(Outline input)
            => input.Last is { } last ? new(Outline.Nothing, () => _last = last) : null;
    }
}
