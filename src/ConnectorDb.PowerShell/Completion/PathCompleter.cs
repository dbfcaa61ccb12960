using System.Collections;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>
/// Completes paths from the open connection; without a connection it completes nothing. Nodes of the current user and device
/// are offered by name, and owners with a slash, after which the user completes the next part.
/// </summary>
public abstract class PathCompleter : CdbCompleter
{
    private readonly Lookup _lookup = new();

    internal abstract CdbPathKind Kind { get; }

    /// <summary>True for a node that does not exist yet, of which only the owner is known.</summary>
    private protected virtual bool IsNew => false;

    /// <summary>The connection that knows the paths; null for none.</summary>
    private protected virtual CdbConnection? ConnectionOf(IDictionary bound)
        => Opened<CdbConnection>(bound, "Connection") ?? RunspaceSession.Current.Default;

    private protected override IEnumerable<CompletionItem> Items(string word, IDictionary bound) => Paths(word, bound);

    internal IEnumerable<CompletionItem> Paths(string word, IDictionary bound)
        => ConnectionOf(bound)?.Client is { } client ? Paths(word, client) : [];

    private IEnumerable<CompletionItem> Paths(string word, ICdbClient client)
    {
        string[] parts = word.Split('/');
        string typed = word[..(word.Length - parts[^1].Length)];

        // The login of a server without credentials is a user alone.
        string[] self = client.Identity.Device is { } device ? [client.Identity.User, device] : [client.Identity.User];
        for (int level = IsNew ? (int)Kind - 1 : (int)Kind; level >= parts.Length - 1; level--)
        {
            string[] owner = [.. self.Take(level + 1 - parts.Length), .. parts[..^1]];
            if (owner.Length != level)
            {
                continue;
            }

            string end = level < (int)Kind ? "/" : "";
            foreach ((string name, string description) in Below(client, owner))
            {
                yield return new CompletionItem(typed + name + end, name + end, description);
            }
        }
    }

    private (string Name, string Description)[] Below(ICdbClient client, string[] owner)
    {
        try
        {
            return owner.Length switch
            {
                0 => [.. _lookup.List(client.ListUsersAsync).Select(user => (user.Name, user.Description))],
                1 => [.. _lookup.List(cancellation => client.ListDevicesAsync(CdbPath.ForUser(owner[0]), cancellation))
                    .Select(device => (device.Name, device.Description))],
                _ => [.. _lookup.List(cancellation => client.ListStreamsAsync(CdbPath.ForDevice(owner[0], owner[1]), cancellation))
                    .Select(stream => (stream.Name, stream.Description))],
            };
        }
        catch (CdbException)
        {
            // The word can be relative or complete. One reading may not exist; the others still complete.
            return [];
        }
    }
}
