using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>
/// Decodes runs of which the first is needed first. Idle processors take the next ones meanwhile; whoever needs a run that
/// nobody has begun decodes it himself, so nothing waits for a pool that is busy.
/// </summary>
internal sealed class DecodeAhead : IDisposable
{
    /// <summary>More do not help: the one who asks must be able to follow.</summary>
    private const int MaxHelpers = 3;

    private readonly IReadOnlyList<StoredRun> _runs;

    /// <summary>For each run its block, or why there is none; null until it is decoded.</summary>
    private readonly object?[] _results;
    private int _begun;

    public DecodeAhead(IReadOnlyList<StoredRun> runs)
    {
        _runs = runs;
        _results = new object?[runs.Count];
        for (int i = Math.Min(MaxHelpers, Math.Min(runs.Count, Environment.ProcessorCount) - 1); i > 0; i--)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static ahead => ahead.Help(), this, preferLocal: false);
        }
    }

    /// <exception cref="StoreException">The run is damaged.</exception>
    public Block Take(int run)
    {
        while (Volatile.Read(ref _results[run]) is null)
        {
            if (!DecodeNext())
            {
                WaitFor(run);
            }
        }

        object result = _results[run]!;
        _results[run] = null;
        (result as ExceptionDispatchInfo)?.Throw();
        return (Block)result;
    }

    /// <summary>What nobody has begun is not decoded any more.</summary>
    public void Dispose() => Interlocked.Exchange(ref _begun, _runs.Count);

    private void Help()
    {
        while (DecodeNext())
        {
        }
    }

    /// <summary>Decodes the next run that nobody has begun; false when there is none.</summary>
    private bool DecodeNext()
    {
        int next = Interlocked.Increment(ref _begun) - 1;
        if (next >= _runs.Count)
        {
            return false;
        }

        object result;
        try
        {
            result = _runs[next].Decode();
        }
        catch (Exception error)
        {
            result = ExceptionDispatchInfo.Capture(error);
        }

        lock (_results)
        {
            _results[next] = result;
            Monitor.PulseAll(_results);
        }

        return true;
    }

    private void WaitFor(int run)
    {
        lock (_results)
        {
            while (_results[run] is null)
            {
                Monitor.Wait(_results);
            }
        }
    }
}
