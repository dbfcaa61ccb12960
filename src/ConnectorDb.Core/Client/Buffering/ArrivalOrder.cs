namespace ConnectorDb.Core.Client.Buffering;

/// <summary>The order in which the datapoints of several streams were added.</summary>
internal sealed class ArrivalOrder
{
    /// <summary>Characters that certainly fit in one request, which is one transaction.</summary>
    public const long MaxText = 1_000_000;

    /// <summary>Blocks that certainly fit in one request.</summary>
    private const int MaxBlocks = 10_000;

    private readonly List<(StreamBuffer Stream, int Count)> _runs = [];

    /// <summary>The characters of all texts.</summary>
    public long Text { get; set; }

    public bool IsOneStream => _runs.Count <= 1;

    public void Add(StreamBuffer stream, int count)
    {
        if (_runs is [.., var last] && last.Stream == stream)
        {
            _runs[^1] = (stream, last.Count + count);
        }
        else
        {
            _runs.Add((stream, count));
        }
    }

    public bool FitsRequest(int blocks) => Text <= MaxText && blocks <= MaxBlocks;

    /// <summary>Cuts the blocks of the streams, so that they follow each other in the order of arrival.</summary>
    public List<BufferedBlock> Sort(List<BufferedBlock> blocks)
    {
        Dictionary<StreamBuffer, Queue<BufferedBlock>> left = [];
        foreach (BufferedBlock block in blocks)
        {
            if (!left.TryGetValue(block.Stream, out Queue<BufferedBlock>? queue))
            {
                left[block.Stream] = queue = new Queue<BufferedBlock>();
            }

            queue.Enqueue(block);
        }

        Dictionary<StreamBuffer, int> taken = [];
        List<BufferedBlock> sorted = new(_runs.Count);
        foreach ((StreamBuffer stream, int count) in _runs)
        {
            int start = taken.GetValueOrDefault(stream);
            for (int rest = count; rest > 0;)
            {
                BufferedBlock block = left[stream].Peek();
                int part = Math.Min(rest, block.Block.Points.Count - start);
                sorted.Add(block.Slice(start, part));
                rest -= part;
                start += part;
                if (start == block.Block.Points.Count)
                {
                    left[stream].Dequeue();
                    start = 0;
                }
            }

            taken[stream] = start;
        }

        return sorted;
    }
}
