using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript;

/// <summary>
/// The execution of a script over one stream: blocks are pushed in and results are returned. <see cref="Push"/> and <see
/// cref="Finish"/> compute while they are enumerated, so enumerate a result to its end before the next call. A result for one
/// datapoint keeps its origin (<c>$ * 2</c>, <c>sum</c>); a result for several datapoints (<c>map</c>, <c>while</c>,
/// <c>resample</c>, <c>ttrue</c>, <c>tfalse</c>) has none. Results do not name the streams of a merge.
/// </summary>
public sealed class ScriptExecution
{
    /// <summary>The number of datapoints that are processed at once: the columns between two stages then stay in the L1 cache.</summary>
    private const int ChunkSize = 2048;

    private readonly Script _script;
    private Node _node;

    internal ScriptExecution(Script script)
    {
        _script = script;
        _node = script.Activate();
    }

    /// <summary>The results that are known after these datapoints, in blocks that are not empty.</summary>
    /// <exception cref="ScriptRuntimeException">A datapoint does not fit. The results before it were returned; the execution is in its initial state.</exception>
    public IEnumerable<Block> Push(Block input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Pushing(input);
    }

    /// <summary>The name of the member, where the script is only <c>$("name")</c>; otherwise null.</summary>
    internal string? Member => (_node as MemberNode)?.Name;

    /// <summary><see cref="CanSkip"/> may be true.</summary>
    internal bool CanPrune => _node.CanPrune;

    /// <summary>These datapoints have no results now, and their statistics are enough to process them.</summary>
    internal bool CanSkip(SegmentStatistics points) => _node.TryPrune(points) is { Output.Count: 0 };

    /// <summary>Processes datapoints by their statistics instead of <see cref="Push"/>, if those are enough.</summary>
    internal bool TrySkip(SegmentStatistics points)
    {
        if (_node.TryPrune(points) is not { Output.Count: 0 } pruned)
        {
            return false;
        }

        pruned.Commit();
        return true;
    }

    /// <summary>Ends the stream and returns the results that waited for the end. The execution is then in its initial state.</summary>
    /// <exception cref="ScriptRuntimeException">As for <see cref="Push"/>.</exception>
    public IEnumerable<Block> Finish()
    {
        Batch answer = _node.Process(Batch.End);
        Reset();
        if (answer.Block.Count > 0)
        {
            yield return answer.Block.ToPlain();
        }

        Throw(answer.Error);
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
            if (answer.Error is not null)
            {
                Reset();
            }

            if (answer.Block.Count > 0)
            {
                yield return answer.Block.ToPlain();
            }

            Throw(answer.Error);
        }
    }

    private void Throw(EvaluationError? error)
    {
        if (error is not null)
        {
            throw new ScriptRuntimeException(error.Message, _script.Text, error.Time);
        }
    }
}
