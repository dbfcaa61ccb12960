using System.Globalization;

namespace ConnectorDb.Server.Api;

/// <summary>
/// A part of a list, for those who do not want all of it: <c>?limit=</c> items, behind the one that <c>?after=</c> names. Lists are in
/// order of name, so that the pages of a list that changes meanwhile leave out and repeat nothing that stays.
/// </summary>
internal static class Paging
{
    /// <exception cref="InvalidRangeException">The limit is no number of items.</exception>
    /// <exception cref="InvalidNameException">What the page comes after is no name.</exception>
    public static async Task<List<T>> PageAsync<T>(this HttpContext context, IAsyncEnumerable<T> items, Func<T, CdbPath> pathOf)
    {
        int limit = Limit(context);
        CdbPath? after = After(context);
        List<T> page = [];
        await foreach (T item in items)
        {
            if (page.Count >= limit)
            {
                break;
            }

            if (after is null || Compare(pathOf(item), after) > 0)
            {
                page.Add(item);
            }
        }

        return page;
    }

    private static int Limit(HttpContext context) => context.Request.Query["limit"].ToString() switch
    {
        "" => int.MaxValue,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0 => limit,
        var text => throw new InvalidRangeException($"A limit is a number of items, at least 1, and not '{text}'.", text),
    };

    /// <summary>The name of an item of this list; of the streams of a user that of the device before it.</summary>
    private static CdbPath? After(HttpContext context)
    {
        string name = context.Request.Query["after"].ToString();
        return name.Length == 0 ? null : CdbPath.Parse(string.Join('/', [.. context.Request.RouteValues.Values.OfType<string>(), name]));
    }

    /// <summary>As the store has them: users whatever their case.</summary>
    private static int Compare(CdbPath one, CdbPath other)
    {
        int users = string.CompareOrdinal(one.User.ToLowerInvariant(), other.User.ToLowerInvariant());
        int devices = users != 0 ? users : string.CompareOrdinal(one.Device, other.Device);
        return devices != 0 ? devices : string.CompareOrdinal(one.Stream, other.Stream);
    }
}
