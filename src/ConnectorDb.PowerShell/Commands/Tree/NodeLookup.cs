using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Finds the node of a path that may name a stream, a device or a user.</summary>
internal static class NodeLookup
{
    /// <param name="client">The database.</param>
    /// <param name="text">The path, complete or relative to the current device or user.</param>
    /// <param name="kind">The kind of node; null for any.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="NotFoundException">No node has the path.</exception>
    /// <exception cref="InvalidNameException">The path is invalid or ambiguous.</exception>
    public static CdbPath Find(ICdbClient client, string text, CdbPathKind? kind, CancellationToken cancellation)
    {
        if (kind is { } known)
        {
            return CdbPath.Resolve(text, known, client.Identity);
        }

        CdbPath[] found = [.. Candidates(text, client.Identity).Where(path => Await.Result(client.ExistsAsync(path, cancellation)))];
        return found switch
        {
            [var only] => only,
            [] => throw new NotFoundException($"There is no user, device or stream '{text}', or '{client.Identity}' has no right to see it. Get-CdbUser, Get-CdbDevice and Get-CdbStream list the visible ones.", text),
            _ => throw new InvalidNameException(text, "path", $"it may be {string.Join(" or ", found.Select(path => $"the {path.Kind.ToString().ToLowerInvariant()} '{path}'"))}; give -Kind or the complete path"),
        };
    }

    private static IEnumerable<CdbPath> Candidates(string text, CdbPath self)
    {
        int given = text.Count(c => c == '/');
        CdbPathKind longest = self.Device is null ? (CdbPathKind)Math.Min(given, (int)CdbPathKind.Stream) : CdbPathKind.Stream;
        for (CdbPathKind kind = longest; (int)kind >= Math.Min(given, (int)CdbPathKind.Stream); kind--)
        {
            yield return CdbPath.Resolve(text, kind, self);
        }
    }
}
