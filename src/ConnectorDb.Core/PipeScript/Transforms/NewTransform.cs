using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>True for a value that did not occur before.</summary>
internal sealed class NewTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "new",
        Description = "True when the value did not occur before.",
        Documentation = "Values are compared as texts, so 5 and \"5\" are the same. At most 50000 different values are remembered.",
        Examples = ["if new — each value once"],
        OneToOne = true,
        OutputSchema = """{"type":"boolean"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        int most = call.Settings.MaxKeys;
        return activation => new Seeing(new KeyIndex(most, "new", activation.Memory));
    }

    private sealed class Seeing(KeyIndex index) : ColumnNode
    {
        private int _seen;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            ReadOnlySpan<int> keys = index.Read(input, input.Values, ref error);
            bool[] news = new bool[keys.Length];
            for (int i = 0; i < news.Length; i++)
            {
                news[i] = keys[i] == _seen;
                _seen += news[i] ? 1 : 0;
            }

            return new BooleanColumn(news);
        }
    }
}
