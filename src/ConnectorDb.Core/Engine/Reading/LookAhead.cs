using System.Runtime.ExceptionServices;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>Has the next of some things made before it gives the one before, so that others can go on with that meanwhile.</summary>
internal static class LookAhead
{
    /// <summary>
    /// The same things; whoever takes one disposes it. The first is given at once, so that who wants little pays for little,
    /// and a failure not before all that came before it.
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
