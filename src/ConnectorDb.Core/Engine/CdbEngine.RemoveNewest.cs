using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="ICdbClient.RemoveNewestAsync"/>
    public void RemoveNewest(Login login, CdbPath path, long from, long count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        FieldRules.CheckKind(path, CdbPathKind.Stream);
        if (path.IsDownlink)
        {
            throw new InvalidRangeException($"The datapoints of the downlink '{path}' can only be deleted all together: Remove-CdbStream {path.ToStream()} -Downlink.", path);
        }

        SequenceKey key = Change(login, "Truncate", path, (store, actor) => RemoveNewest(store, actor, path, from, count), cancellation);
        _notifier.Truncate(key);
    }

    private static SequenceKey RemoveNewest(IStoreWriter store, Actor actor, CdbPath path, long from, long count)
    {
        (StreamRecord stream, Rights rights) = new TreeView(store, actor).Stream(path);
        if (stream.DeviceId != actor.Device.Id || !rights.Write.Data)
        {
            Authorization.CheckKind(rights.Delete, NodeKinds.Stream, "remove datapoints of", path, actor);
            Authorization.CheckEditable(store.FindDevice(path)!, path, actor);
        }

        SequenceKey key = stream.KeyOf(downlink: false);
        long now = store.End(key).Count;
        if (from < 0 || from > count || (now != count && now != from))
        {
            throw new InvalidRangeException($"'{path}' has {CountText.Of(now, "datapoint")}, and not the {count} of which those from index {from} on were to be removed. Nothing was removed. Read the end of the stream again, and repeat the call.", path);
        }

        store.Truncate(key, from);
        return key;
    }
}
