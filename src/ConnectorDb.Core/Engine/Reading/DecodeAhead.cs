using System.Runtime.ExceptionServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>
/// Decodes runs of which the first is needed first. Idle processors take the next ones meanwhile; whoever needs a run that
/// nobody has begun decodes it himself, and also one that is not finished yet, so nothing waits for a pool that is busy.
/// </summary>
internal sealed class DecodeAhead : IDisposable
{
    /// <summary>More do not help: the one who asks must be able to follow.</summary>
    private const int MaxHelpers = 3;

    private readonly Func<int, Block> _decode;

    /// <summary>For each run its block, or why there is none; null until it is decoded.</summary>
    private readonly object?[] _results;
    private int _begun;

    /// <param name="count">How many runs there are.</param>
    /// <param name="decode">Decodes the run of that place; many threads call it, now and then two for the same run.</param>
    public DecodeAhead(int count, Func<int, Block> decode)
    {
        _decode = decode;
        _results = new object?[count];
        for (int i = Math.Min(MaxHelpers, Math.Min(count, Environment.ProcessorCount) - 1); i > 0; i--)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static ahead => ahead.Help(), this, preferLocal: false);
        }
    }

    /// <summary>How many runs there are.</summary>
    public int Count => _results.Length;

    /// <exception cref="StoreException">The run is damaged.</exception>
    public Block Take(int run)
    {
        while (Volatile.Read(ref _results[run]) is null && DecodeNext())
        {
        }

        // Somebody has begun it, but may have lost his processor since: to wait for him can take longer than to do it again.
        object result = Volatile.Read(ref _results[run]) ?? Decode(run);
        _results[run] = null;
        (result as ExceptionDispatchInfo)?.Throw();
        return (Block)result;
    }

    /// <summary>What nobody has begun is not decoded any more.</summary>
    public void Dispose() => Interlocked.Exchange(ref _begun, _results.Length);

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
        if (next >= _results.Length)
        {
            return false;
        }

        Volatile.Write(ref _results[next], Decode(next));
        return true;
    }

    private object Decode(int run)
    {
        try
        {
            return _decode(run);
        }
        catch (Exception error)
        {
            return ExceptionDispatchInfo.Capture(error);
        }
    }
}
