using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Display;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Tree;

/// <summary>
/// Finds users, devices and streams by names with wildcards. A name without wildcards must exist; a pattern may match
/// nothing.
/// </summary>
internal sealed class TreeSearch(ICdbClient client, CancellationToken cancellation)
{
    public IEnumerable<CdbUser> Users(string user)
        => WildcardSearch.HasWildcard(user)
            ? Matching(Await.Each(client.ListUsersAsync(cancellation)), user, found => found.Name)
            : [Await.Result(client.GetUserAsync(CdbPath.ForUser(user), cancellation))];

    public IEnumerable<CdbDevice> Devices(string user, string device)
    {
        if (!WildcardSearch.HasWildcard(user) && !WildcardSearch.HasWildcard(device))
        {
            return [Await.Result(client.GetDeviceAsync(CdbPath.ForDevice(user, device), cancellation))];
        }

        IEnumerable<CdbPath> owners = WildcardSearch.HasWildcard(user) ? Users(user).Select(owner => owner.Path) : [CdbPath.ForUser(user)];
        return owners.SelectMany(owner => Matching(Await.Each(client.ListDevicesAsync(owner, cancellation)), device, found => found.Name));
    }

    /// <param name="user">The name or pattern of the users.</param>
    /// <param name="device">The name or pattern of the devices.</param>
    /// <param name="stream">The name or pattern of the streams.</param>
    /// <param name="onlyPublic">True for streams of public devices only.</param>
    public IEnumerable<CdbStream> Streams(string user, string device, string stream, bool onlyPublic)
    {
        bool isOneDevice = !WildcardSearch.HasWildcard(user) && !WildcardSearch.HasWildcard(device);
        if (isOneDevice && !onlyPublic && !WildcardSearch.HasWildcard(stream))
        {
            return StreamListing.Join(client, [Await.Result(client.GetStreamAsync(CdbPath.ForStream(user, device, stream), cancellation))]);
        }

        IEnumerable<CdbPath> owners = isOneDevice && !onlyPublic
            ? [CdbPath.ForDevice(user, device)]
            : Devices(user, device).Where(owner => owner.Public || !onlyPublic).Select(owner => owner.Path);
        return owners.SelectMany(owner => StreamListing.Join(client, [.. Matching(Await.Each(client.ListStreamsAsync(owner, cancellation)), stream, found => found.Name)]));
    }

    private static IEnumerable<T> Matching<T>(IEnumerable<T> all, string name, Func<T, string> nameOf)
    {
        Func<string, bool> isMatch = WildcardSearch.HasWildcard(name) ? WildcardSearch.Matcher(name) : given => given == name;
        return all.Where(one => isMatch(nameOf(one)));
    }
}
