using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>A node with arguments: for each of its datapoints it gets their answers to the same datapoint.</summary>
internal abstract class ArgumentNode(BoundArguments arguments, Activation activation) : Node
{
    private readonly Node[] _arguments = arguments.Start(activation);
    private readonly Joiner? _joiner = arguments.Delay ? new Joiner(arguments.Count) : null;

    public sealed override Batch Process(Batch input)
    {
        Batch[] answers = new Batch[_arguments.Length];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = _joiner?.HasEnded(i) == true ? Batch.Nothing : _arguments[i].Process(input);
        }

        Aligned aligned = _joiner?.Join(input, answers) ?? Joiner.JoinAtOnce(input, answers);
        return Apply(aligned.Input, aligned.Arguments, aligned.End);
    }

    /// <summary>The answer to these datapoints.</summary>
    /// <param name="input">The datapoints; there may be none.</param>
    /// <param name="arguments">For each argument as many answers.</param>
    /// <param name="end">How the batch ends when nothing fails before.</param>
    protected abstract Batch Apply(Block input, Block[] arguments, Batch end);
}
