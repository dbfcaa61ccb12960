using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>Returns a page of a list: at most <c>?limit=</c> entries after the entry that <c>?after=</c> names.</summary>
/// <remarks>Lists are ordered by name. When a list changes between two pages, entries that stay are neither skipped nor repeated.</remarks>
internal static class Paging
{
    /// <param name="context">The request.</param>
    /// <param name="listAfter">The list after a path, or from its start.</param>
    /// <exception cref="InvalidRangeException">The limit is not a positive integer.</exception>
    /// <exception cref="InvalidNameException">The value of <c>after</c> is not a valid name.</exception>
    public static IAsyncEnumerable<T> Page<T>(this HttpContext context, Func<CdbPath?, IAsyncEnumerable<T>> listAfter)
        => Limit(context) is var limit && limit == int.MaxValue ? listAfter(After(context)) : listAfter(After(context)).Take(limit);

    /// <summary>The streams of devices, which come in the order of the store, after a path.</summary>
    public static async IAsyncEnumerable<CdbStream> StreamsAsync(this HttpContext context, IAsyncEnumerable<CdbPath> devices, CdbPath? after, [EnumeratorCancellation] CancellationToken ended)
    {
        await foreach (CdbPath device in devices)
        {
            bool isOwner = after is { Kind: CdbPathKind.Stream } && PathOrder.Instance.Compare(device, after.Parent!) == 0;
            if (!isOwner && after is not null && PathOrder.Instance.Compare(device, after) < 0)
            {
                continue;
            }

            await foreach (CdbStream stream in context.Client().ListStreamsAsync(device, isOwner ? after!.Stream! : "", ended))
            {
                yield return stream;
            }
        }
    }

    private static int Limit(HttpContext context) => context.Request.Query["limit"].ToString() switch
    {
        "" => int.MaxValue,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit > 0 => limit,
        var text => throw new InvalidRangeException($"The limit must be a positive integer; '{text}' is not.", text),
    };

    /// <summary>The path in <c>?after=</c>. It is relative to the route; in the list of all streams of a user it is <c>device/stream</c>.</summary>
    private static CdbPath? After(HttpContext context)
    {
        string name = context.Request.Query["after"].ToString();
        return name.Length == 0 ? null : CdbPath.Parse(string.Join('/', [.. context.Request.RouteValues.Values.OfType<string>(), name]));
    }
}
