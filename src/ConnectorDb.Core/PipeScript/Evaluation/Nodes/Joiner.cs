using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Puts the answers of arguments that look ahead, and so come late, beside the datapoints they answer.</summary>
internal sealed class Joiner
{
    private readonly BlockQueue _input = new();
    private readonly BlockQueue[] _arguments;

    public Joiner(int arguments)
    {
        _arguments = new BlockQueue[arguments];
        for (int i = 0; i < arguments; i++)
        {
            _arguments[i] = new BlockQueue();
        }
    }

    /// <summary>Arguments that answer at once need no waiting: what is missing is missing because of a error, and the first argument's counts.</summary>
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

    /// <summary>This argument has said its last; it is not asked again.</summary>
    public bool HasEnded(int argument) => _arguments[argument].HasEnded;

    /// <summary>Takes more datapoints and answers, and gives those that are complete.</summary>
    public AlignedBatch Join(Batch input, ReadOnlySpan<Batch> arguments)
    {
        _input.Add(input);
        int count = _input.Count;
        for (int i = 0; i < arguments.Length; i++)
        {
            _arguments[i].Add(arguments[i]);
            count = Math.Min(count, _arguments[i].Count);
        }

        Block[] blocks = Array.ConvertAll(_arguments, argument => argument.Take(count));
        return new(_input.Take(count), blocks, Ending());
    }

    /// <summary>The next datapoint asks its arguments from left to right: the first that has nothing more to say decides.</summary>
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
