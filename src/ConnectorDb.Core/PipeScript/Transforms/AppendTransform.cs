using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Concatenates texts.</summary>
internal sealed class AppendTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "append",
        Description = "The data so far as one text.",
        Documentation = "At most 1000000 bytes in UTF-8.",
        Examples = ["$ + \"\\n\" | append | if last — all texts, a line each"],
        OneToOne = true,
        OutputSchema = """{"type":"string"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        int most = call.Settings.MaxText;
        return _ => new Appending(most);
    }

    private sealed class Appending(int most) : ColumnNode
    {
        private readonly StringBuilder _text = new();
        private int _bytes;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            int[] lengths = new int[input.Count];
            int done = 0;
            for (; done < lengths.Length && error is null; done++)
            {
                DataValue value = input.Values[done];
                if (!Conversion.TryText(value, out string text))
                {
                    error = EvaluationError.At(input, done, Problem.NotText(value));
                    break;
                }

                _bytes += Encoding.UTF8.GetByteCount(text);
                if (_bytes > most)
                {
                    error = EvaluationError.At(input, done, $"The text would get longer than {most} bytes, which is the most that append gives");
                    break;
                }

                lengths[done] = _text.Append(text).Length;
                Memory.Hold(sizeof(char) * text.Length);
            }

            return new PrefixColumn(_text.ToString(), lengths.AsMemory(0, done), Memory);
        }
    }
}
