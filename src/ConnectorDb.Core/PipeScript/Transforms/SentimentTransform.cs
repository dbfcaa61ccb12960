using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The sentiment of a text.</summary>
internal sealed class SentimentTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "sentiment",
        Description = "The sentiment of an English text, from -1 (negative) to 1 (positive).",
        Documentation = """
            The mean score of its words in the list AFINN-111, divided by 5, in single precision. A text without words has 0.
            """,
        Examples = ["sentiment | mean | if last — how the texts sound on the whole"],
        OneToOne = true,
        Stateless = true,
        InputSchema = """{"type":"string"}""",
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Judging();

    private sealed class Judging : ColumnNode
    {
        protected override Column Map(Block input, ref EvaluationError? error)
        {
            float[] results = new float[input.Count];
            for (int i = 0; i < results.Length; i++)
            {
                if (!Conversion.TryText(input.Values[i], out string text))
                {
                    error = EvaluationError.At(input, i, Problem.NotText(input.Values[i]));
                    return new SingleColumn(results.AsMemory(0, i));
                }

                string[] words = TokenizedText.Words(text);
                results[i] = words.Length == 0 ? 0 : (float)words.Sum(WordScores.Of) / (5 * words.Length);
            }

            return new SingleColumn(results);
        }
    }
}
