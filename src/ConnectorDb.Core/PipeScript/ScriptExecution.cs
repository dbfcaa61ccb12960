using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
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
    /// <summary>The maximum number of datapoints that are processed at once: the columns between two stages then stay in the L1 cache.</summary>
    private const int MaxChunk = 2048;

    private readonly Script _script;
    private readonly WorkingMemory _memory;
    private Node _node;
    private readonly ChunkSize _size = new(MaxChunk);
    private int _chunk;

    internal ScriptExecution(Script script, QueryBudget budget)
    {
        _script = script;
        _memory = new WorkingMemory(budget);
        _node = script.Activate(_memory);
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
        BeginChunk();
        Batch answer = Process(Batch.End);
        Reset();
        if (answer.Block.Count > 0)
        {
            yield return answer.Block.ToPlain();
        }

        Throw(answer.Error);
    }

    /// <summary>Forgets all datapoints so far.</summary>
    public void Reset()
    {
        _memory.Clear();
        _node = _script.Activate(_memory);
    }

    private IEnumerable<Block> Pushing(Block input)
    {
        int count;
        for (int start = 0; start < input.Count; start += count)
        {
            count = Math.Min(BeginChunk(), input.Count - start);
            _chunk = count;
            Block chunk = new(input.Times.Slice(start, count), input.Values.Slice(start, count), input.Origins?.Slice(start, count));
            Batch answer = Process(new Batch(chunk));
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

    /// <summary>Begins the next chunk. Its size follows from the memory that the one before took, in the script and at its reader.</summary>
    private int BeginChunk()
    {
        int size = _size.After(_chunk, _memory.Values);
        _memory.BeginBatch();
        return size;
    }

    private Batch Process(Batch input)
    {
        try
        {
            return _node.Process(input);
        }
        catch
        {
            Reset();
            throw;
        }
    }

    private void Throw(EvaluationError? error)
    {
        if (error is not null)
        {
            throw new ScriptRuntimeException(error.Message, _script.Text, error.Time) { Original = error.Problem.Original };
        }
    }
}
