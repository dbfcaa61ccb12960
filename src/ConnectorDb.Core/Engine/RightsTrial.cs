using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Engine;

/// <summary>Finds whether a login has the right to a change, by the rules of the engine, and changes nothing.</summary>
/// <remarks>A property that the login may not read is taken as the one that allows most: then the change itself decides.</remarks>
public sealed class RightsTrial(ICdbClient client)
{
    private const long Own = 1;
    private const long Other = 2;
    private readonly SchemaCache _schemas = new();
    private Actor? _actor;

    /// <exception cref="PermissionDeniedException">The login may not delete the node, or it is the last administrator.</exception>
    public async ValueTask CheckDeleteAsync(CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (await ActorAsync(cancellation).ConfigureAwait(false) is not { } actor)
        {
            return;
        }

        if (path.Kind == CdbPathKind.User)
        {
            UserRecord user = await UserAsync(path, cancellation).ConfigureAwait(false);
            Authorization.CheckKind(actor.To(user).Delete, NodeKinds.User, "delete", path, actor);
            await CheckNotLastAdminAsync(user, cancellation).ConfigureAwait(false);
            return;
        }

        DeviceRecord device = await DeviceAsync(path, cancellation).ConfigureAwait(false);
        if (path.Kind == CdbPathKind.Device)
        {
            Rights rights = actor.To(await UserAsync(path, cancellation).ConfigureAwait(false));
            Authorization.CheckKind(rights.Delete, NodeKinds.Device, "delete", path, actor);
        }
        else
        {
            Authorization.CheckKind(actor.To(device).Delete, NodeKinds.Stream, "delete", path, actor);
        }

        Authorization.CheckEditable(device, path, actor);
    }

    /// <exception cref="PermissionDeniedException">The login may not remove datapoints of the stream.</exception>
    public async ValueTask CheckRemoveNewestAsync(CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (await ActorAsync(cancellation).ConfigureAwait(false) is not { } actor)
        {
            return;
        }

        DeviceRecord device = await DeviceAsync(path, cancellation).ConfigureAwait(false);
        Rights rights = actor.To(device);
        if (device.Id != actor.Device.Id || !rights.Write.Data)
        {
            Authorization.CheckKind(rights.Delete, NodeKinds.Stream, "remove datapoints of", path, actor);
            Authorization.CheckEditable(device, path, actor);
        }
    }

    /// <param name="path">A node that does not exist.</param>
    /// <param name="definition">A definition of its kind.</param>
    /// <exception cref="PermissionDeniedException">The login may not create the node.</exception>
    public async ValueTask CheckCreateAsync(CdbPath path, object definition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (await ActorAsync(cancellation).ConfigureAwait(false) is not { } actor)
        {
            return;
        }

        switch (definition)
        {
            case UserDefinition user:
                Authorization.CheckKind(actor.ToAll.Create, NodeKinds.User, "create", path, actor);
                Authorization.CheckFields(actor.ToAll.Write.User, UserFields.All.SetBy(user), path, actor);
                break;
            case DeviceDefinition device:
                UserRecord owner = await UserAsync(path, cancellation).ConfigureAwait(false);
                DeviceRecord made = new() { Path = path, UserId = owner.Id, Id = Other, Public = device.Public is true };
                Authorization.CheckKind(actor.To(owner).Create, NodeKinds.Device, "create", path, actor);
                Authorization.CheckFields(actor.To(made).Write.Device, DeviceFields.All.SetBy(device), path, actor);
                break;
            case StreamDefinition stream:
                DeviceRecord parent = await DeviceAsync(path, cancellation).ConfigureAwait(false);
                Authorization.CheckKind(actor.To(parent).Create, NodeKinds.Stream, "create", path, actor);
                Authorization.CheckEditable(parent, path, actor);
                Authorization.CheckFields(actor.To(parent).Write.Stream, StreamFields.All.SetBy(stream), path, actor);
                break;
        }
    }

    /// <param name="path">A node that exists.</param>
    /// <param name="changes">A definition of its kind.</param>
    /// <exception cref="PermissionDeniedException">The login may not change the node so, or it is the last administrator.</exception>
    public async ValueTask CheckUpdateAsync(CdbPath path, object changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (await ActorAsync(cancellation).ConfigureAwait(false) is not { } actor)
        {
            return;
        }

        switch (changes)
        {
            case UserDefinition wanted:
                CdbUser user = await client.GetUserAsync(path, cancellation).ConfigureAwait(false);
                UserRecord old = await UserAsync(path, cancellation).ConfigureAwait(false);
                Authorization.CheckFields(actor.To(old).Write.User, UserFields.All.SetBy(UserFields.All.Without(wanted, user.Edited.Current)), path, actor);
                if (wanted.Role is { } role && role != Role.Admin)
                {
                    await CheckNotLastAdminAsync(old, cancellation).ConfigureAwait(false);
                }

                break;
            case DeviceDefinition wanted:
                CdbDevice found = await client.GetDeviceAsync(path, cancellation).ConfigureAwait(false);
                DeviceRecord device = await DeviceAsync(path, cancellation).ConfigureAwait(false);
                Authorization.CheckFields(actor.To(device).Write.Device, DeviceFields.All.SetBy(DeviceFields.All.Without(wanted, found.Edited.Current)), path, actor);
                Authorization.CheckEditable(device, path, actor);
                break;
            case StreamDefinition wanted:
                CdbStream stream = await client.GetStreamAsync(path, cancellation).ConfigureAwait(false);
                DeviceRecord owner = await DeviceAsync(path, cancellation).ConfigureAwait(false);
                StreamDefinition differing = StreamFields.All.Without(wanted with { Schema = wanted.Schema is { } schema ? _schemas.Minify(schema, path) : null }, stream.Fields);
                Authorization.CheckFields(actor.To(owner).Write.Stream, StreamFields.All.SetBy(differing), path, actor);
                Authorization.CheckEditable(owner, path, actor);
                break;
        }
    }

    /// <summary>The login; null where it is nobody.</summary>
    private async ValueTask<Actor?> ActorAsync(CancellationToken cancellation)
        => client.Identity.Device is null ? null
            : _actor ??= new Actor(await UserAsync(client.Identity, cancellation).ConfigureAwait(false), await DeviceAsync(client.Identity, cancellation).ConfigureAwait(false));

    private async ValueTask<UserRecord> UserAsync(CdbPath path, CancellationToken cancellation)
    {
        CdbPath user = CdbPath.ForUser(path.User);
        long id = path.User == client.Identity.User ? Own : Other;
        try
        {
            CdbUser found = await client.GetUserAsync(user, cancellation).ConfigureAwait(false);
            return new UserRecord { Id = id, Path = user, Public = found.Public, Role = found.Role ?? Role.Admin };
        }
        catch (NotFoundException)
        {
            return new UserRecord { Id = id, Path = user, Role = Role.Admin };
        }
    }

    private async ValueTask<DeviceRecord> DeviceAsync(CdbPath path, CancellationToken cancellation)
    {
        CdbPath device = CdbPath.ForDevice(path.User, path.Device!);
        CdbDevice found = await client.GetDeviceAsync(device, cancellation).ConfigureAwait(false);
        return new DeviceRecord
        {
            Id = device == client.Identity ? Own : Other,
            UserId = path.User == client.Identity.User ? Own : Other,
            Path = device,
            Public = found.Public,
            Role = found.Role ?? "user",
            UserEditable = found.UserEditable ?? true,
        };
    }

    private async ValueTask CheckNotLastAdminAsync(UserRecord user, CancellationToken cancellation)
    {
        if (user.Role == Role.Admin && await client.ListUsersAsync(cancellation).CountAsync(other => other.Role == Role.Admin, cancellation).ConfigureAwait(false) == 1)
        {
            throw CdbEngine.LastAdmin(user.Path);
        }
    }
}
