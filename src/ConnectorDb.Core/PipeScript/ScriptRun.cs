using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation;

namespace ConnectorDb.Core.PipeScript;

/// <summary>
/// A script at work on one stream of datapoints: blocks are pushed in, results come out. What <see cref="Push"/> and
/// <see cref="Finish"/> return is computed while it is enumerated, so enumerate it to its end before the next call.
/// A result that answers one datapoint has its origin: what passes, <c>$ * 2</c>, <c>sum</c>. What is said of many at once, by
/// <c>map</c>, <c>while</c>, <c>resample</c>, <c>ttrue</c> and <c>tfalse</c>, has none. Streams of a merge are not named.
/// </summary>
public sealed class ScriptRun
{
    /// <summary>So few datapoints that the columns between two stages stay in the fastest cache.</summary>
    private const int ChunkSize = 2048;

    private readonly Script _script;
    private Node _node;

    internal ScriptRun(Script script)
    {
        _script = script;
        _node = script.Activate();
    }

    /// <summary>The results that are known after these datapoints, in blocks that are not empty.</summary>
    /// <exception cref="ScriptRuntimeException">A datapoint does not fit. The results before it were given; the run is in its initial state.</exception>
    public IEnumerable<Block> Push(Block input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Pushing(input);
    }

    /// <summary>Whether it is worth asking <see cref="CanSkip"/>.</summary>
    internal bool Foresees => _node.Foresees;

    /// <summary>Whether these datapoints give no result now, and their outline is all that has to be known of them.</summary>
    internal bool CanSkip(Outline points) => _node.Foresee(points) is { Output.Count: 0 };

    /// <summary>Takes datapoints by their outline instead of <see cref="Push"/>, if that is enough.</summary>
    internal bool TrySkip(Outline points)
    {
        if (_node.Foresee(points) is not { Output.Count: 0 } foreseen)
        {
            return false;
        }

        foreseen.Pass();
        return true;
    }

    /// <summary>Ends the stream: the results that waited for the end. The run is then in its initial state.</summary>
    /// <exception cref="ScriptRuntimeException">As for <see cref="Push"/>.</exception>
    public IEnumerable<Block> Finish()
    {
        Batch answer = _node.Process(Batch.End);
        Reset();
        if (answer.Block.Count > 0)
        {
            yield return answer.Block.ToPlain();
        }

        Throw(answer.Fault);
    }

    /// <summary>Forgets all datapoints so far.</summary>
    public void Reset() => _node = _script.Activate();

    private IEnumerable<Block> Pushing(Block input)
    {
        for (int start = 0; start < input.Count; start += ChunkSize)
        {
            int count = Math.Min(ChunkSize, input.Count - start);
            Block chunk = new(input.Times.Slice(start, count), input.Values.Slice(start, count), input.Origins?.Slice(start, count));
            Batch answer = _node.Process(new Batch(chunk));
            if (answer.Fault is not null)
            {
                Reset();
            }

            if (answer.Block.Count > 0)
            {
                yield return answer.Block.ToPlain();
            }

            Throw(answer.Fault);
        }
    }

    private void Throw(Fault? fault)
    {
        if (fault is not null)
        {
            throw new ScriptRuntimeException(fault.Message, _script.Text, fault.Time);
        }
    }
}
