using ConnectorDb.Contracts;

namespace ConnectorDb.PowerShell.Threading;

/// <summary>Waits for asynchronous calls on the thread of the pipeline, because cmdlets are synchronous.</summary>
internal static class Await
{
    // A completed call needs no Task: most reads of an embedded store complete at once, and there is one per block.
    public static T Result<T>(ValueTask<T> call)
        => call.IsCompletedSuccessfully ? call.Result : Result(call.AsTask());

    public static T Result<T>(Task<T> call)
    {
        Follow(call);
        return call.GetAwaiter().GetResult();
    }

    public static void Completion(ValueTask call)
    {
        if (!call.IsCompletedSuccessfully)
        {
            Task task = call.AsTask();
            Follow(task);
            task.GetAwaiter().GetResult();
        }
    }

    /// <summary>Enumerates the elements one at a time; the source is disposed when the enumeration ends early, too.</summary>
    public static IEnumerable<T> Each<T>(IAsyncEnumerable<T> source)
    {
        IAsyncEnumerator<T> elements = source.GetAsyncEnumerator();
        try
        {
            while (Result(elements.MoveNextAsync()))
            {
                yield return elements.Current;
            }
        }
        finally
        {
            Completion(elements.DisposeAsync());
        }
    }
    /// <summary>With -Verbose, shows the steps of a call while it runs.</summary>
    private static void Follow(Task call) => OperationTrace.Current?.Follow(call);
}
