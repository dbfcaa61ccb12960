using System.Collections;
using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Completion;

/// <summary>
/// Completes paths from the connection that is open; without one there is nothing to offer. Names of one's own come bare,
/// owners with the slash after which to go on.
/// </summary>
public abstract class PathCompleter : CdbCompleter
{
    private protected abstract CdbPathKind Kind { get; }

    private protected override IEnumerable<Offer> Offers(string word, IDictionary bound) => Paths(word, bound);

    internal IEnumerable<Offer> Paths(string word, IDictionary bound)
        => Client(bound) is { } client ? Paths(word, client) : [];

    private static ICdbClient? Client(IDictionary bound)
        => ((bound["Connection"] is PSObject wrapped ? wrapped.BaseObject : bound["Connection"]) as CdbConnection ?? Session.Current.Default)?.Client;

    private IEnumerable<Offer> Paths(string word, ICdbClient client)
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
                if (name.StartsWith(parts[^1], StringComparison.OrdinalIgnoreCase))
                {
                    yield return new Offer(typed + name + end, name + end, description);
                }
            }
        }
    }

    private static (string Name, string Description)[] Below(ICdbClient client, string[] owner)
    {
        try
        {
            return owner.Length switch
            {
                0 => Answer.Each(client.ListUsersAsync(CancellationToken.None)).Select(user => (user.Name, user.Description)).ToArray(),
                1 => Answer.Each(client.ListDevicesAsync(CdbPath.ForUser(owner[0]), CancellationToken.None))
                    .Select(device => (device.Name, device.Description)).ToArray(),
                _ => Answer.Each(client.ListStreamsAsync(CdbPath.ForDevice(owner[0], owner[1]), CancellationToken.None))
                    .Select(stream => (stream.Name, stream.Description)).ToArray(),
            };
        }
        catch (CdbException)
        {
            // One reading of a path may lead nowhere; the others still count.
            return [];
        }
    }
}
