using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.PipeScript.Interpolators;
using ConnectorDb.Core.PipeScript.Transforms;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>Checks that the store answers and the login is still valid; returns the version.</summary>
    public string Ping(Login login, CancellationToken cancellation)
    {
        _store.Read(store => ActorOf(store, login), cancellation);
        return Version;
    }

    public CdbInfo Info(Login login, CancellationToken cancellation)
    {
        TreeCounts? counts = _store.Read<TreeCounts?>(store => ActorOf(store, login).MayCount ? store.CountTree() : null, cancellation);
        return new CdbInfo
        {
            Version = Version,
            Location = Location,
            Identity = login.Device.ToString(),
            Users = counts?.Users,
            Devices = counts?.Devices,
            Streams = counts?.Streams,
            Transforms = InOrder(TransformCatalog.All.Values.Select(transform => transform.Info), info => info.Name),
            Interpolators = InOrder(InterpolatorCatalog.All.Values.Select(entry => entry.Info), info => info.Name),
        };
    }

    private static T[] InOrder<T>(IEnumerable<T> items, Func<T, string> name) => items.OrderBy(name, StringComparer.Ordinal).ToArray();
}
