using System.Collections;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Sessions;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>
/// Completes paths from the open connection; without a connection it completes nothing. Nodes of the current user and device
/// are offered by name, and owners with a slash, after which the user completes the next part.
/// </summary>
public abstract class PathCompleter : CdbCompleter
{
    private protected abstract CdbPathKind Kind { get; }

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => Paths(word, bound);

    internal IEnumerable<CompletionItem> Paths(string word, IDictionary bound)
        => (Bound<CdbConnection>(bound, "Connection") ?? RunspaceSession.Current.Default)?.Client is { } client ? Paths(word, client) : [];

    private IEnumerable<CompletionItem> Paths(string word, ICdbClient client)
    {
        string[] parts = word.Split('/');
        string typed = word[..(word.Length - parts[^1].Length)];
        string[] self = [client.Identity.User, client.Identity.Device!];
        for (int level = (int)Kind; level >= parts.Length - 1; level--)
        {
            string[] owner = [.. self.Take(level + 1 - parts.Length), .. parts[..^1]];
            string end = level < (int)Kind ? "/" : "";
            foreach ((string name, string description) in Below(client, owner))
            {
                yield return new CompletionItem(typed + name + end, name + end, description);
            }
        }
    }

    private static (string Name, string Description)[] Below(ICdbClient client, string[] owner)
    {
        try
        {
            return owner.Length switch
            {
                0 => Await.Each(client.ListUsersAsync(CancellationToken.None)).Select(user => (user.Name, user.Description)).ToArray(),
                1 => Await.Each(client.ListDevicesAsync(CdbPath.ForUser(owner[0]), CancellationToken.None))
                    .Select(device => (device.Name, device.Description)).ToArray(),
                _ => Await.Each(client.ListStreamsAsync(CdbPath.ForDevice(owner[0], owner[1]), CancellationToken.None))
                    .Select(stream => (stream.Name, stream.Description)).ToArray(),
            };
        }
        catch (CdbException)
        {
            // The word can be relative or complete. One reading may not exist; the others still complete.
            return [];
        }
    }
}
