namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>Waits for a database on the pipeline's own thread; an answer that is there already costs nothing.</summary>
internal static class Answer
{
    public static T Of<T>(ValueTask<T> answer)
        => answer.IsCompletedSuccessfully ? answer.Result : answer.AsTask().GetAwaiter().GetResult();

    public static void Of(ValueTask answer)
    {
        if (!answer.IsCompletedSuccessfully)
        {
            answer.AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Pulls one element after the other; whoever stops early releases the source.</summary>
    public static IEnumerable<T> Each<T>(IAsyncEnumerable<T> source)
    {
        IAsyncEnumerator<T> elements = source.GetAsyncEnumerator();
        try
        {
            while (Of(elements.MoveNextAsync()))
            {
                yield return elements.Current;
            }
        }
        finally
        {
            Of(elements.DisposeAsync());
        }
    }
}
