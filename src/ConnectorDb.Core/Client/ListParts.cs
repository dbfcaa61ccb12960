using ConnectorDb.Core.Engine;

namespace ConnectorDb.Core.Client;

/// <summary>A list by name that is read in parts while it is asked for, so that the start of a long list costs no more than that of a short one.</summary>
internal static class ListParts
{
    private const int First = 64;
    private const int Largest = 4096;

    /// <param name="read">Reads at most so many items after a name.</param>
    /// <param name="nameOf">The name of an item.</param>
    /// <param name="after">The name before the first item.</param>
    public static IAsyncEnumerable<T> Read<T>(Func<string, int, IReadOnlyList<T>> read, Func<T, string> nameOf, string after)
    {
        // The first part is read at once, so that the errors of a list come from the call.
        IReadOnlyList<T> first = read(after, First);
        return CompletedEnumerable.Of(All());

        IEnumerable<T> All()
        {
            IReadOnlyList<T> part = first;
            for (int most = First; ; part = read(nameOf(part[^1]), most))
            {
                foreach (T item in part)
                {
                    yield return item;
                }

                if (part.Count < most)
                {
                    yield break;
                }

                most = Math.Min(2 * most, Largest);
            }
        }
    }
}
