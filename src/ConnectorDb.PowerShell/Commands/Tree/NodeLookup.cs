using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Finds the nodes of a path that may name a stream, a device or a user.</summary>
internal static class NodeLookup
{
    /// <param name="client">The database.</param>
    /// <param name="text">The path, complete or relative to the current device or user, with or without wildcards.</param>
    /// <param name="kind">The kind of node; null for any.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="NotFoundException">No node has the path, and the path has no wildcards.</exception>
    /// <exception cref="InvalidNameException">The path is invalid or ambiguous.</exception>
    public static CdbPath[] Find(ICdbClient client, string text, CdbPathKind? kind, CancellationToken cancellation)
    {
        TreeSearch search = new(client, cancellation);
        if (kind is { } known)
        {
            return search.Paths(text, known);
        }

        if (WildcardSearch.HasWildcard(text))
        {
            CdbPath[][] matches = [.. Kinds(text, client.Identity).Select(each => Matches(search, text, each)).Where(paths => paths.Length > 0)];
            return matches.Length < 2
                ? matches.FirstOrDefault([])
                : throw new InvalidNameException(text, "path", $"it matches {string.Join(" and ", matches.Select(paths => $"the {Word(paths[0])} '{paths[0]}'"))}; give -Kind or the complete path");
        }

        CdbPath[] found = [.. Kinds(text, client.Identity).Select(each => CdbPath.Resolve(text, each, client.Identity)).Where(path => Await.Result(client.ExistsAsync(path, cancellation)))];
        return found switch
        {
            [_] => found,
            [] => throw new NotFoundException($"There is no user, device or stream '{text}', or '{client.Identity}' has no right to see it. Get-CdbUser, Get-CdbDevice and Get-CdbStream list the visible ones.", text),
            _ => throw new InvalidNameException(text, "path", $"it may be {string.Join(" or ", found.Select(path => $"the {Word(path)} '{path}'"))}; give -Kind or the complete path"),
        };
    }

    private static CdbPath[] Matches(TreeSearch search, string text, CdbPathKind kind)
    {
        try
        {
            return search.Paths(text, kind);
        }
        catch (NotFoundException)
        {
            // The first part is the device of a stream, or the user of a device: where there is no such user, it is the other.
            return [];
        }
    }

    /// <summary>The kinds that a path with its number of parts may name.</summary>
    private static IEnumerable<CdbPathKind> Kinds(string text, CdbPath self)
    {
        int given = text.Count(c => c == '/');
        CdbPathKind longest = self.Device is null ? (CdbPathKind)Math.Min(given, (int)CdbPathKind.Stream) : CdbPathKind.Stream;
        for (CdbPathKind kind = longest; (int)kind >= Math.Min(given, (int)CdbPathKind.Stream); kind--)
        {
            yield return kind;
        }
    }

    private static string Word(CdbPath path) => path.Kind.ToString().ToLowerInvariant();
}
