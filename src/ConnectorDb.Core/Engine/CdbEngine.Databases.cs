using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>Keeps a database without points, as a stream of the device that logged in.</summary>
    /// <exception cref="InvalidValueException">A label cannot have this name.</exception>
    /// <exception cref="PermissionDeniedException">The login may not create streams.</exception>
    internal void CreateDatabase(Login login, string name, CancellationToken cancellation)
    {
        CdbPath path = login.Device.Child(DatabaseMarker.NameOf(name));
        NewStream plan = NewStream.Check(path, DatabaseMarker.Of(name), _schemas);
        Change(
            login,
            "Create",
            path,
            (store, actor) =>
            {
                DeviceRecord device = DeviceForNewStream(store, actor, path);
                if (store.FindStream(path) is null)
                {
                    AddStreams(store, actor, device, [plan]);
                }

                return true;
            },
            cancellation);
    }
}
