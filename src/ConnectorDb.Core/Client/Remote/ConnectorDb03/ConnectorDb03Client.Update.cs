using ConnectorDb.Fields;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <content>
/// Changes of users, devices and streams. The server demands a right for each field that it is sent, also for one that keeps its value, so
/// that a whole row of a table is refused; only the values that differ are sent.
/// </content>
internal sealed partial class ConnectorDb03Client
{
    public override async ValueTask<CdbUser> UpdateUserAsync(CdbPath path, UserDefinition changes, CancellationToken cancellation)
        => await ChangeAsync(await GetUserAsync(path, cancellation).ConfigureAwait(false), UserFields.All, changes, left => base.UpdateUserAsync(path, left, cancellation)).ConfigureAwait(false);

    public override async ValueTask<CdbDevice> UpdateDeviceAsync(CdbPath path, DeviceDefinition changes, CancellationToken cancellation)
        => await ChangeAsync(await GetDeviceAsync(path, cancellation).ConfigureAwait(false), DeviceFields.All, changes, left => base.UpdateDeviceAsync(path, left, cancellation)).ConfigureAwait(false);

    public override async ValueTask<CdbStream> UpdateStreamAsync(CdbPath path, StreamDefinition changes, CancellationToken cancellation)
    {
        CheckLabels([changes]);
        CdbStream current = await GetStreamAsync(path, cancellation).ConfigureAwait(false);
        return await ChangeAsync(current, StreamFields.All, changes with { Labels = null }, left => base.UpdateStreamAsync(path, left, cancellation)).ConfigureAwait(false);
    }

    private static async ValueTask<TNode> ChangeAsync<TNode, TFields>(TNode node, FieldTable<TFields> fields, TFields changes, Func<TFields, ValueTask<TNode>> write)
        where TNode : IEdited<TFields>
        where TFields : class, new()
    {
        TFields left = fields.Without(changes, node.Edited.Current);
        return fields.SetBy(left).Any() ? await write(left).ConfigureAwait(false) : node;
    }
}
