using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>Finds out what a path means that may name a stream, a device or a user.</summary>
internal static class ItemLookup
{
    /// <param name="kind">What it names; null when it may be anything.</param>
    /// <exception cref="NotFoundException">There is nothing that it could mean.</exception>
    /// <exception cref="InvalidNameException">It is no path, or there are several things that it could mean.</exception>
    public static CdbPath Find(ICdbClient client, string text, CdbPathKind? kind, CancellationToken cancellation)
    {
        if (kind is { } known)
        {
            return CdbPath.Resolve(text, known, client.Identity);
        }

        CdbPath[] found = [.. Meanings(text, client.Identity).Where(path => Answer.Of(client.ExistsAsync(path, cancellation)))];
        return found switch
        {
            [var only] => only,
            [] => throw new NotFoundException($"There is no user, device or stream '{text}', or it may not be seen by the device logged in as. Get-CdbUser, Get-CdbDevice and Get-CdbStream list what can be seen.", text),
            _ => throw new InvalidNameException(text, "path", $"it may mean {string.Join(" or ", found.Select(path => $"the {path.Kind.ToString().ToLowerInvariant()} '{path}'"))}; say which by -Kind, or give the whole path"),
        };
    }

    private static IEnumerable<CdbPath> Meanings(string text, CdbPath self)
    {
        int given = text.Count(c => c == '/');
        CdbPathKind longest = self.Device is null ? (CdbPathKind)Math.Min(given, (int)CdbPathKind.Stream) : CdbPathKind.Stream;
        for (CdbPathKind kind = longest; (int)kind >= Math.Min(given, (int)CdbPathKind.Stream); kind--)
        {
            yield return CdbPath.Resolve(text, kind, self);
        }
    }
}
