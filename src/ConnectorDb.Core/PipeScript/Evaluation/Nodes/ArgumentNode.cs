using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>A node with arguments that are evaluated for each of its datapoints.</summary>
internal abstract class ArgumentNode(ArgumentPlans arguments, Activation activation) : Node
{
    private readonly Node[] _arguments = arguments.Start(activation);
    private readonly Joiner? _joiner = arguments.Delay ? new Joiner(arguments.Count, activation.Memory) : null;

    protected sealed override Batch Run(Batch input)
    {
        Batch[] answers = new Batch[_arguments.Length];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = _joiner?.HasEnded(i) == true ? Batch.Nothing : _arguments[i].Process(input);
        }

        AlignedBatch aligned = _joiner?.Join(input, answers) ?? Joiner.JoinAtOnce(input, answers);
        return Apply(aligned.Input, aligned.Arguments, aligned.End);
    }

    public sealed override bool CanPrune => CanPruneByRange && _joiner is null && Array.TrueForAll(_arguments, argument => argument.CanPrune);

    public sealed override PruningResult? TryPrune(SegmentStatistics input)
    {
        if (_joiner is not null)
        {
            return null;
        }

        ValueRange[] bounds = new ValueRange[_arguments.Length];
        Action? pass = null;
        for (int i = 0; i < bounds.Length; i++)
        {
            if (_arguments[i].TryPrune(input) is not { Output.Numbers: { } numbers } pruned)
            {
                return null;
            }

            bounds[i] = numbers;
            pass += pruned.Commit;
        }

        return TryPrune(input, bounds) is { } own ? own with { Commit = pass + own.Commit } : null;
    }

    /// <summary><see cref="TryPrune(SegmentStatistics, ValueRange[])"/> may give a result.</summary>
    protected virtual bool CanPruneByRange => false;

    /// <inheritdoc cref="Node.TryPrune"/>
    /// <param name="input">The statistics of the datapoints.</param>
    /// <param name="arguments">The ranges of the results of the arguments.</param>
    protected virtual PruningResult? TryPrune(SegmentStatistics input, ValueRange[] arguments) => null;

    /// <summary>Computes the results for these datapoints.</summary>
    /// <param name="input">The datapoints; there may be none.</param>
    /// <param name="arguments">The results of each argument, as many as datapoints.</param>
    /// <param name="end">The end of the batch if nothing fails before.</param>
    protected abstract Batch Apply(Block input, Block[] arguments, Batch end);
}
