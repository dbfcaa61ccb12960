using System.Runtime.ExceptionServices;
namespace ConnectorDb.Core.Engine.Reading;

/// <summary>
/// Decodes segments in advance on idle processors. A reader that needs a segment which no thread has started, or finished, decodes
/// it itself, so that it never waits for a busy thread pool.
/// </summary>
/// <typeparam name="T">The result: a block, or a summary of one.</typeparam>
internal sealed class DecodeAhead<T> : IDisposable
    where T : class
{
    /// <summary>More threads do not help, because the reader must keep up with them.</summary>
    private const int MaxHelpers = 3;

    private readonly Func<int, T> _decode;

    /// <summary>For each segment its result or its error; null until it is decoded.</summary>
    private readonly object?[] _results;
    private int _begun;

    /// <param name="count">The number of segments.</param>
    /// <param name="decode">Decodes the segment of an index. Several threads call it, occasionally two for the same segment.</param>
    public DecodeAhead(int count, Func<int, T> decode)
    {
        _decode = decode;
        _results = new object?[count];
        for (int i = Math.Min(MaxHelpers, Math.Min(count, Environment.ProcessorCount) - 1); i > 0; i--)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static ahead => ahead.Help(), this, preferLocal: false);
        }
    }

    /// <summary>The number of segments.</summary>
    public int Count => _results.Length;

    /// <exception cref="StoreException">The segment is damaged.</exception>
    public T Take(int run)
    {
        while (Volatile.Read(ref _results[run]) is null && DecodeNext())
        {
        }

        // The worker thread may have been preempted; decoding here is faster than waiting for it.
        object result = Volatile.Read(ref _results[run]) ?? Decode(run);
        _results[run] = null;
        (result as ExceptionDispatchInfo)?.Throw();
        return (T)result;
    }

    /// <summary>Segments that no thread has started are not decoded any more.</summary>
    public void Dispose() => Interlocked.Exchange(ref _begun, _results.Length);

    private void Help()
    {
        while (DecodeNext())
        {
        }
    }

    /// <summary>Decodes the next segment that no thread has started; false when there is none.</summary>
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
