using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Whether a value was not there before.</summary>
internal sealed class NewTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "new",
        Description = "True when this value was not seen before.",
        Documentation = "Values are compared as texts, so 5 and \"5\" are the same. It remembers up to 50000 different ones.",
        Examples = ["if new — each value once"],
        OneToOne = true,
        OutputSchema = """{"type":"boolean"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        int most = call.Settings.MaxKeys;
        return _ => new Seeing(new KeyIndex(most, "new"));
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
