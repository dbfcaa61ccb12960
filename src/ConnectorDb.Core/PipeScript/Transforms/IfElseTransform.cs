using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Runs one of two scripts on each datapoint.</summary>
internal sealed class IfElseTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "ifelse",
        Description = "Runs one of two scripts on a datapoint, depending on a condition.",
        Documentation = """
            Each of the two scripts sees only its own datapoints: `ifelse($ > 3, count)` counts those above 3.
            The results keep the times that the scripts give them. The scripts cannot look ahead.
            """,
        Arguments =
        [
            new() { Name = "condition", Description = "True for the first script, false for the second." },
            new() { Name = "then", Description = "The script for datapoints for which the condition is true.", Body = true },
            new() { Name = "else", Description = "The script for the others.", Optional = true, Default = "$", Body = true },
        ],
        Examples =
        [
            "ifelse($ > 100, 100) — no value above 100",
            "ifelse $ > 0 \"in\" \"out\" — a word for each datapoint",
        ],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans condition = call.Arguments(0);
        Plan yes = call.Plan(1);
        Plan no = call.Plan(2);
        return activation => new Branching(condition, yes.Start(activation), no.Start(activation), activation);
    }

    private sealed class Branching(ArgumentPlans condition, Node yes, Node no, Activation activation) : ArgumentNode(condition, activation)
    {
        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            EvaluationError? error = null;
            ReadOnlySpan<bool> flags = Booleans.Read(input, arguments[0].Values, ref error).Span;
            input = input.Slice(0, flags.Length);
            int trues = flags.AsBytes().Count((byte)1);
            if (trues == flags.Length || trues == 0)
            {
                Batch all = (trues > 0 ? yes : no).Process(new Batch(input));
                return end.With(all.Block, all.Error ?? error);
            }

            ReadOnlySpan<int> ofYes = Rows.Indices(flags, trues);
            ReadOnlySpan<int> ofNo = Rows.Indices(NotNode.Opposite(flags).Values.Span, flags.Length - trues);
            Batch first = yes.Process(new Batch(Rows.Gather(input, ofYes)));
            Batch second = no.Process(new Batch(Rows.Gather(input, ofNo)));
            int done = Math.Min(RowOf(ofYes, first, flags.Length), RowOf(ofNo, second, flags.Length));
            error = done == flags.Length ? error : flags[done] ? first.Error : second.Error;
            return end.With(Rows.Merge(flags[..done], first.Block, second.Block), error);
        }

        /// <summary>The datapoint at which a body failed.</summary>
        private static int RowOf(ReadOnlySpan<int> rows, Batch answer, int none)
            => answer.Block.Count < rows.Length ? rows[answer.Block.Count] : none;
    }
}
