using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>True while all datapoints so far were true.</summary>
internal sealed class AllTrueTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "alltrue",
        Description = "True as long as every datapoint was true.",
        Documentation = "From the first false datapoint on it is false. Numbers are true above 0.",
        Examples = ["($ > 0):alltrue | if last — whether all values were positive"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Judging();

    private sealed class Judging : ColumnNode
    {
        private bool _verdict = true;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            ReadOnlySpan<bool> values = Booleans.Read(input, input.Values, ref error).Span;
            bool[] verdicts = new bool[values.Length];
            for (int i = 0; i < verdicts.Length; i++)
            {
                _verdict &= values[i];
                verdicts[i] = _verdict;
            }

            return new BooleanColumn(verdicts);
        }
    }
}
