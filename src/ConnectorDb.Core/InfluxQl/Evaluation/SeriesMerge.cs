namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Merges lists in the order of time. At one time the lists have the order that the heap of InfluxDB gives them, so that rows come in the same order.</summary>
internal static class SeriesMerge
{
    public static IEnumerable<T> Of<T>(IReadOnlyList<IReadOnlyList<T>> lists, Func<T, long> timeOf, bool isDescending)
    {
        List<(int List, int At)> heap = [.. Enumerable.Range(0, lists.Count).Where(i => lists[i].Count > 0).Select(i => (i, 0))];
        if (heap is [var (only, _)])
        {
            foreach (T item in lists[only])
            {
                yield return item;
            }

            yield break;
        }

        for (int i = (heap.Count / 2) - 1; i >= 0; i--)
        {
            Down(i, heap.Count);
        }

        while (heap.Count > 0)
        {
            int last = heap.Count - 1;
            (heap[0], heap[last]) = (heap[last], heap[0]);
            Down(0, last);
            (int list, int at) = heap[last];
            heap.RemoveAt(last);
            yield return lists[list][at];
            if (at + 1 < lists[list].Count)
            {
                heap.Add((list, at + 1));
                Up(heap.Count - 1);
            }
        }

        bool IsBefore(int left, int right)
        {
            long first = timeOf(lists[heap[left].List][heap[left].At]);
            long second = timeOf(lists[heap[right].List][heap[right].At]);
            return isDescending ? first > second : first < second;
        }

        void Down(int from, int count)
        {
            for (int at = from; ;)
            {
                int child = (2 * at) + 1;
                if (child >= count)
                {
                    return;
                }

                child += child + 1 < count && IsBefore(child + 1, child) ? 1 : 0;
                if (!IsBefore(child, at))
                {
                    return;
                }

                (heap[at], heap[child]) = (heap[child], heap[at]);
                at = child;
            }
        }

        void Up(int at)
        {
            while (at > 0 && IsBefore(at, (at - 1) / 2))
            {
                (heap[at], heap[(at - 1) / 2]) = (heap[(at - 1) / 2], heap[at]);
                at = (at - 1) / 2;
            }
        }
    }
}
