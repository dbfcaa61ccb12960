using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>True for a datapoint that differs from the one before.</summary>
internal sealed class ChangedTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "changed",
        Description = "True when the data differs from that of the datapoint before.",
        Documentation = "Compares as `==` does. The value before the first datapoint counts as null, so a first null has not changed.",
        Examples = ["if changed — drops repetitions"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Comparing();

    private sealed class Comparing : ColumnNode
    {
        private DataValue _previous;
        private long _held;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            bool[] changes = new bool[input.Count];
            if (input.Values is NumberColumn numbers)
            {
                ReadOnlySpan<double> values = numbers.Values.Span;
                changes[0] = !Equality.Same(_previous, DataValue.From(values[0]));
                for (int i = 1; i < changes.Length; i++)
                {
                    changes[i] = values[i] != values[i - 1];
                }
            }
            else
            {
                DataValue previous = _previous;
                for (int i = 0; i < changes.Length; i++)
                {
                    DataValue value = input.Values[i];
                    changes[i] = !Equality.Same(previous, value);
                    previous = value;
                }
            }

            _previous = input.Values[input.Count - 1];
            Memory.Replace(ref _held, ColumnSize.Of(_previous));
            return new BooleanColumn(changes);
        }
    }
}
