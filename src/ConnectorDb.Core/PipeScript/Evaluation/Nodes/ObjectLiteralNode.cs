using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Makes an object of the results of its bodies for each datapoint.</summary>
internal sealed class ObjectLiteralNode(string[] names, Node[] bodies) : Node
{
    protected override Batch Run(Batch input)
    {
        Batch[] answers = new Batch[bodies.Length];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = bodies[i].Process(input);
        }

        AlignedBatch aligned = Joiner.JoinAtOnce(input, answers);
        Column[] fields = Array.ConvertAll(aligned.Arguments, answer => answer.Values);
        return aligned.End.With(aligned.Input, new RecordColumn(names, fields, aligned.Input.Count), error: null);
    }
}
