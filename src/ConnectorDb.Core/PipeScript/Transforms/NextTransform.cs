using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Looks ahead.</summary>
internal sealed class NextTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "next",
        Description = "The next datapoint, or the one n datapoints later.",
        Documentation = """
            The result has the time of that later datapoint. Past the end it is null, at the time of the datapoint itself.
            """,
        Arguments = [new() { Name = "n", Description = "The number of datapoints to look ahead: 1 to 100.", Optional = true, Default = "1", Constant = true }],
        Examples =
        [
            "if next == $ — datapoints that are followed by an equal one",
            "if (next:t) - t > 60 — datapoints before a gap of more than a minute",
        ],
        OneToOne = true,
        Peek = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        long places = call.Integer(0);
        if (places < 1 || places > call.Settings.MaxPeek)
        {
            throw call.Error(0, $"is not from 1 to {call.Settings.MaxPeek}");
        }

        return _ => new Looking((int)places);
    }

    private sealed class Looking(int places) : Node
    {
        private Block _unanswered = Block.Empty;
        private long _held;

        protected override Batch Run(Batch input)
        {
            Block all = Rows.Concat(_unanswered, input.Block);
            int answered = Math.Max(0, all.Count - places);
            Block answers = all.Slice(all.Count - answered, answered);
            _unanswered = all.Slice(answered, all.Count - answered);
            Memory.Replace(ref _held, ColumnSize.Of(_unanswered.Values, long.MaxValue));
            return input with { Block = input.IsLast ? Rows.Concat(answers, Rows.WithoutData(_unanswered)) : answers };
        }
    }
}
