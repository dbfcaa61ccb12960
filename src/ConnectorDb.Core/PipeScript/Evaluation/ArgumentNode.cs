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

    public sealed override bool Foresees => ForeseesByBounds && _joiner is null && Array.TrueForAll(_arguments, argument => argument.Foresees);

    public sealed override Foresight? Foresee(Outline input)
    {
        if (_joiner is not null)
        {
            return null;
        }

        NumberBounds[] bounds = new NumberBounds[_arguments.Length];
        Action? pass = null;
        for (int i = 0; i < bounds.Length; i++)
        {
            if (_arguments[i].Foresee(input) is not { Output.Numbers: { } numbers } foreseen)
            {
                return null;
            }

            bounds[i] = numbers;
            pass += foreseen.Pass;
        }

        return Foresee(input, bounds) is { } own ? own with { Pass = pass + own.Pass } : null;
    }

    /// <summary>Whether it is worth asking <see cref="Foresee(Outline, NumberBounds[])"/>.</summary>
    protected virtual bool ForeseesByBounds => false;

    /// <inheritdoc cref="Node.Foresee"/>
    /// <param name="input">The outline of the datapoints.</param>
    /// <param name="arguments">For each argument between which numbers its answers lie.</param>
    protected virtual Foresight? Foresee(Outline input, NumberBounds[] arguments) => null;

    /// <summary>The answer to these datapoints.</summary>
    /// <param name="input">The datapoints; there may be none.</param>
    /// <param name="arguments">For each argument as many answers.</param>
    /// <param name="end">How the batch ends when nothing fails before.</param>
    protected abstract Batch Apply(Block input, Block[] arguments, Batch end);
}
