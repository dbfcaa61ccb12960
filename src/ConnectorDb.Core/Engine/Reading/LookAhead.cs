using System.Runtime.ExceptionServices;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>Produces the next item before it returns the current one, so that the reader and the producer overlap.</summary>
internal static class LookAhead
{
    /// <summary>
    /// The same items; the reader disposes them. The first is returned at once, so that short reads stay cheap, and a failure only
    /// after all items before it.
    /// </summary>
    public static IEnumerable<T> Over<T>(IEnumerable<T> things)
        where T : class, IDisposable
    {
        using IEnumerator<T> source = things.GetEnumerator();
        if (!source.MoveNext())
        {
            yield break;
        }

        yield return source.Current;
        (T? ready, ExceptionDispatchInfo? failure) = Next(source);
        try
        {
            while (ready is { } given)
            {
                (ready, failure) = Next(source);
                yield return given;
            }
        }
        finally
        {
            ready?.Dispose();
        }

        failure?.Throw();
    }

    private static (T? Thing, ExceptionDispatchInfo? Failure) Next<T>(IEnumerator<T> source)
        where T : class
    {
        try
        {
            return (source.MoveNext() ? source.Current : null, null);
        }
        catch (Exception error)
        {
            return (null, ExceptionDispatchInfo.Capture(error));
        }
    }
}
