using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>True once any datapoint was true.</summary>
internal sealed class AnyTrueTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "anytrue",
        Description = "True from the first true datapoint on.",
        Documentation = "Until then it is false. Numbers are true above 0.",
        Examples = ["($ > 0):anytrue | if last — whether some value was positive"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Judging();

    private sealed class Judging : ColumnNode
    {
        private bool _verdict;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            ReadOnlySpan<bool> values = Booleans.Read(input, input.Values, ref error).Span;
            bool[] verdicts = new bool[values.Length];
            for (int i = 0; i < verdicts.Length; i++)
            {
                _verdict |= values[i];
                verdicts[i] = _verdict;
            }

            return new BooleanColumn(verdicts);
        }
    }
}
