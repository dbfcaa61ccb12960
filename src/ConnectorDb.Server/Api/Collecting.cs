namespace ConnectorDb.Server.Api;

/// <summary>Lists that must be whole before their status is sent.</summary>
internal static class Collecting
{
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (T item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
