using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Aligns results of arguments that look ahead, and so come late, with their datapoints.</summary>
internal sealed class Joiner
{
    private readonly BlockQueue _input = new();
    private readonly BlockQueue[] _arguments;
    private readonly WorkingMemory _memory;
    private long _held;

    /// <param name="arguments">The number of arguments.</param>
    /// <param name="memory">Counts what waits.</param>
    public Joiner(int arguments, WorkingMemory memory)
    {
        _memory = memory;
        _arguments = new BlockQueue[arguments];
        for (int i = 0; i < arguments; i++)
        {
            _arguments[i] = new BlockQueue();
        }
    }

    /// <summary>
    /// Joins arguments that never look ahead. An argument with fewer results than datapoints has failed; the error of the first
    /// such argument counts.
    /// </summary>
    public static AlignedBatch JoinAtOnce(Batch input, ReadOnlySpan<Batch> arguments)
    {
        int count = input.Block.Count;
        Batch end = new(Block.Empty, input.IsLast, input.Error);
        foreach (Batch argument in arguments)
        {
            if (argument.Block.Count < count)
            {
                count = argument.Block.Count;
                end = new(Block.Empty, IsLast: true, argument.Error);
            }
        }

        Block[] blocks = new Block[arguments.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = arguments[i].Block.Slice(0, count);
        }

        return new(input.Block.Slice(0, count), blocks, end);
    }

    /// <summary>This argument has ended and is not called again.</summary>
    public bool HasEnded(int argument) => _arguments[argument].HasEnded;

    /// <summary>Adds datapoints and results, and returns those that are complete.</summary>
    public AlignedBatch Join(Batch input, ReadOnlySpan<Batch> arguments)
    {
        _input.Add(input);
        int count = _input.Count;
        for (int i = 0; i < arguments.Length; i++)
        {
            _arguments[i].Add(arguments[i]);
            count = Math.Min(count, _arguments[i].Count);
        }

        Block joined = _input.Take(count);
        Block[] blocks = Array.ConvertAll(_arguments, argument => argument.Take(count));
        _memory.Replace(ref _held, _input.Size + _arguments.Sum(argument => argument.Size));
        return new(joined, blocks, Ending());
    }

    /// <summary>The end of the batch: arguments are evaluated from left to right, so the first that has no result for the next datapoint decides.</summary>
    private Batch Ending()
    {
        foreach (BlockQueue argument in _arguments)
        {
            if (argument.Count == 0)
            {
                return argument.HasEnded ? Batch.End with { Error = argument.Error } : Batch.Nothing;
            }
        }

        return _input is { Count: 0, HasEnded: true } ? Batch.End with { Error = _input.Error } : Batch.Nothing;
    }
}
