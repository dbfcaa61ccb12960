using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Display;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>
/// Finds users, devices and streams by names with wildcards. What is named without any wildcard must be there; of what is
/// named with some there may be none.
/// </summary>
internal sealed class TreeSearch(ICdbClient client, CancellationToken cancellation)
{
    public IEnumerable<CdbUser> Users(string user)
        => HasWildcard(user)
            ? Matching(Answer.Each(client.ListUsersAsync(cancellation)), user, found => found.Name)
            : [Answer.Of(client.GetUserAsync(CdbPath.ForUser(user), cancellation))];

    public IEnumerable<CdbDevice> Devices(string user, string device)
    {
        if (!HasWildcard(user) && !HasWildcard(device))
        {
            return [Answer.Of(client.GetDeviceAsync(CdbPath.ForDevice(user, device), cancellation))];
        }

        IEnumerable<CdbPath> owners = HasWildcard(user) ? Users(user).Select(owner => owner.Path) : [CdbPath.ForUser(user)];
        return owners.SelectMany(owner => Matching(Answer.Each(client.ListDevicesAsync(owner, cancellation)), device, found => found.Name));
    }

    /// <param name="onlyPublic">Only streams of public devices.</param>
    public IEnumerable<CdbStream> Streams(string user, string device, string stream, bool onlyPublic)
    {
        bool isOneDevice = !HasWildcard(user) && !HasWildcard(device);
        if (isOneDevice && !onlyPublic && !HasWildcard(stream))
        {
            return StreamListing.Join(client, [Answer.Of(client.GetStreamAsync(CdbPath.ForStream(user, device, stream), cancellation))]);
        }

        IEnumerable<CdbPath> owners = isOneDevice && !onlyPublic
            ? [CdbPath.ForDevice(user, device)]
            : Devices(user, device).Where(owner => owner.Public || !onlyPublic).Select(owner => owner.Path);
        return owners.SelectMany(owner => StreamListing.Join(client, [.. Matching(Answer.Each(client.ListStreamsAsync(owner, cancellation)), stream, found => found.Name)]));
    }

    private static bool HasWildcard(string name) => WildcardPattern.ContainsWildcardCharacters(name);

    private static IEnumerable<T> Matching<T>(IEnumerable<T> all, string name, Func<T, string> nameOf)
    {
        WildcardPattern pattern = new(name, WildcardOptions.IgnoreCase);
        return all.Where(one => HasWildcard(name) ? pattern.IsMatch(nameOf(one)) : nameOf(one) == name);
    }
}
