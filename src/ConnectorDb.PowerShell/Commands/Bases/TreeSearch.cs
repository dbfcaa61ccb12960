using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Display;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>
/// Finds users, devices and streams by names with wildcards. A name without wildcards must exist; a pattern may match
/// nothing.
/// </summary>
internal sealed class TreeSearch(ICdbClient client, CancellationToken cancellation)
{
    /// <summary>The paths that a path with wildcards matches, or the one path without them, which is not searched for.</summary>
    public CdbPath[] Paths(string typed, CdbPathKind kind)
    {
        if (!WildcardSearch.HasWildcard(typed))
        {
            return [CdbPath.Resolve(typed, kind, client.Identity)];
        }

        PathPattern pattern = PathPattern.Resolve(typed, kind, client.Identity);
        return kind switch
        {
            CdbPathKind.User => [.. Users(pattern.User).Select(user => user.GetPath())],
            CdbPathKind.Device => [.. Devices(pattern.User, pattern.Device).Select(device => device.GetPath())],
            _ => [.. Streams(pattern.User, pattern.Device, pattern.Stream, isOwner: null).Select(stream => stream.GetPath())],
        };
    }

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

        IEnumerable<CdbPath> owners = WildcardSearch.HasWildcard(user) ? Users(user).Select(owner => owner.GetPath()) : [CdbPath.ForUser(user)];
        return owners.SelectMany(owner => Matching(Await.Each(client.ListDevicesAsync(owner, cancellation)), device, found => found.Name));
    }

    /// <param name="user">The name or pattern of the users.</param>
    /// <param name="device">The name or pattern of the devices.</param>
    /// <param name="stream">The name or pattern of the streams.</param>
    /// <param name="isOwner">The devices whose streams are wanted; null for all.</param>
    public IEnumerable<CdbStream> Streams(string user, string device, string stream, Func<CdbDevice, bool>? isOwner)
    {
        bool isOneDevice = !WildcardSearch.HasWildcard(user) && !WildcardSearch.HasWildcard(device);
        if (isOneDevice && isOwner is null && !WildcardSearch.HasWildcard(stream))
        {
            return StreamListing.Join(client, [Await.Result(client.GetStreamAsync(CdbPath.ForStream(user, device, stream), cancellation))]);
        }

        IEnumerable<CdbPath> owners = isOneDevice && isOwner is null
            ? [CdbPath.ForDevice(user, device)]
            : Devices(user, device).Where(isOwner ?? (_ => true)).Select(owner => owner.GetPath());
        return owners.SelectMany(owner => StreamListing.Join(client, [.. Matching(Await.Each(client.ListStreamsAsync(owner, cancellation)), stream, found => found.Name)]));
    }

    /// <param name="labels">The labels of the streams, at least one.</param>
    /// <inheritdoc cref="Streams(string, string, string, Func{CdbDevice, bool}?)"/>
    public IEnumerable<CdbStream> Streams(string user, string device, string stream, Func<CdbDevice, bool>? isOwner, IReadOnlyList<LabelPattern> labels)
    {
        HashSet<string>? owners = isOwner is null ? null : [.. Devices(user, device).Where(isOwner).Select(owner => owner.Path)];
        IEnumerable<CdbStream> found = Await.Each(client.FindStreamsAsync(labels, cancellation)).Where(found => owners?.Contains(found.Device) ?? true);
        found = Matching(Matching(Matching(found, user, found => found.User), device, found => found.GetPath().Device!), stream, found => found.Name);
        return StreamListing.Join(client, [.. found]);
    }

    private static IEnumerable<T> Matching<T>(IEnumerable<T> all, string name, Func<T, string> nameOf)
    {
        Func<string, bool> isMatch = WildcardSearch.HasWildcard(name) ? WildcardSearch.Matcher(name) : given => given == name;
        return all.Where(one => isMatch(nameOf(one)));
    }
}
