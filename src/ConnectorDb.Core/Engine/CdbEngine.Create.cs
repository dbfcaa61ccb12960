using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>The device of every user that a password logs in to.</summary>
    public const string UserDevice = "user";

    /// <summary>The device of every user for streams that the database writes itself.</summary>
    public const string MetaDevice = "meta";

    private const int BuiltInDevices = 2;

    /// <summary>Creates the first user of a store, its administrator, if there is none.</summary>
    public void CreateOwner(CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_store.Read(store => store.ListUsers().Any(), cancellation))
        {
            return;
        }

        string apiKey = ApiKey.Make();
        _store.Write(
            store => store.ListUsers().Any()
                ? null
                : AddUser(store, new UserRecord { Path = path, Role = Role.Admin }, apiKey),
            cancellation);
    }

    /// <inheritdoc cref="CreateUser"/>
    /// <remarks>Only few passwords are hashed at a time.</remarks>
    public ValueTask<CdbUser> CreateUserAsync(Login login, CdbPath path, UserDefinition definition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Password is null
            ? new ValueTask<CdbUser>(CreateUser(login, path, definition, cancellation))
            : _hashing.RunAsync(() => CreateUser(login, path, definition, cancellation), cancellation);
    }

    /// <summary>Creates a user, its automatic devices and the children in the definition, all or nothing.</summary>
    /// <exception cref="NameTakenException">The name or e-mail address is taken.</exception>
    public CdbUser CreateUser(Login login, CdbPath path, UserDefinition definition, CancellationToken cancellation)
    {
        NewUser plan = NewUser.Check(path, definition, _schemas);
        return Change(
            login,
            "Create",
            path,
            (store, actor) =>
            {
                Authorization.CheckKind(actor.ToAll.Create, NodeKinds.User, "create", path, actor);
                Authorization.CheckFields(actor.ToAll.Write.User, UserFields.All.SetBy(definition), path, actor);
                UserRecord user = AddUser(store, plan.User, plan.ApiKey);
                DeviceRecord own = store.FindDevice(path.Child(UserDevice))!;
                AddStreams(store, actor, own, plan.Streams);
                foreach (NewDevice device in plan.Devices)
                {
                    AddDevice(store, actor, user, device);
                }

                return VisibleFields.User(user, actor.To(user));
            },
            cancellation);
    }

    /// <summary>Creates a device and the streams in the definition, all or nothing.</summary>
    /// <exception cref="NameTakenException">The name or the key is taken.</exception>
    public CdbDevice CreateDevice(Login login, CdbPath path, DeviceDefinition definition, CancellationToken cancellation)
    {
        NewDevice plan = NewDevice.Check(path, definition, _schemas);
        return Change(
            login,
            "Create",
            path,
            (store, actor) =>
            {
                (UserRecord user, Rights rights) = new TreeView(store, actor).User(path.Parent!);
                Authorization.CheckKind(rights.Create, NodeKinds.Device, "create", path, actor);
                DeviceRecord device = AddDevice(store, actor, user, plan);
                return VisibleFields.Device(device, actor.To(device), _keys);
            },
            cancellation);
    }

    /// <param name="client">The client that the stream asks for its count and newest datapoint.</param>
    /// <exception cref="NameTakenException">The name is taken.</exception>
    /// <exception cref="InvalidSchemaException">The schema is not a valid JSON Schema.</exception>
    public CdbStream CreateStream(Login login, CdbPath path, StreamDefinition definition, ICdbClient client, CancellationToken cancellation)
    {
        NewStream plan = NewStream.Check(path, definition, _schemas);
        return Change(
            login,
            "Create",
            path,
            (store, actor) =>
            {
                DeviceRecord device = DeviceForNewStream(store, actor, path);
                AddStreams(store, actor, device, [plan]);
                return VisibleFields.Stream(plan.Stream, client);
            },
            cancellation);
    }

    private static DeviceRecord DeviceForNewStream(IStoreReader store, Actor actor, CdbPath path)
    {
        (DeviceRecord device, Rights rights) = new TreeView(store, actor).Device(path.Parent!);
        Authorization.CheckKind(rights.Create, NodeKinds.Stream, "create", path, actor);
        Authorization.CheckEditable(device, path, actor);
        return device;
    }

    private UserRecord AddUser(IStoreWriter store, UserRecord plan, string apiKey)
    {
        UserRecord user = store.Add(plan);
        store.Add(_keys.WithKey(
            new DeviceRecord
            {
                UserId = user.Id,
                Path = user.Path.Child(UserDevice),
                Role = "user",
                Icon = "material:person",
                Description = "Holds manually inserted data for the user",
            },
            apiKey));
        store.Add(new DeviceRecord
        {
            UserId = user.Id,
            Path = user.Path.Child(MetaDevice),
            Visible = false,
            UserEditable = false,
            Icon = "material:bug_report",
            Description = "The meta device holds automatically generated streams",
        });
        return user;
    }

    private DeviceRecord AddDevice(IStoreWriter store, Actor actor, UserRecord user, NewDevice plan)
    {
        DeviceRecord unkept = plan.Device with { UserId = user.Id };
        Authorization.CheckFields(actor.To(unkept).Write.Device, DeviceFields.All.SetBy(plan.Definition), unkept.Path, actor);
        CheckPublic(user, unkept);
        if (!_deviceLimit.Admits(user.Id, 1, () => store.CountDevices(user) - BuiltInDevices))
        {
            throw new InvalidValueException($"The user '{user.Path}' has {CountText.Of(_settings.MaxDevices.GetValueOrDefault(), "device")} besides 'user' and 'meta', which is the maximum (--device-limit of the server). Remove some, or let an administrator raise it.", unkept.Path);
        }

        DeviceRecord device = store.Add(_keys.WithKey(unkept, plan.ApiKey));
        AddStreams(store, actor, device, plan.Streams);
        return device;
    }

    private void AddStreams(IStoreWriter store, Actor actor, DeviceRecord device, IReadOnlyList<NewStream> plans)
    {
        if (!_streamLimit.Admits(device.Id, plans.Count, () => store.CountStreams(device)))
        {
            throw new InvalidValueException($"The device '{device.Path}' would have more than {CountText.Of(_settings.MaxStreams.GetValueOrDefault(), "stream")}, which is the maximum (--stream-limit of the server). Remove some, use another device, or let an administrator raise it.", device.Path);
        }

        foreach (NewStream plan in plans)
        {
            Authorization.CheckFields(actor.To(device).Write.Stream, StreamFields.All.SetBy(plan.Definition), plan.Stream.Path, actor);
            store.Add(plan.Stream with { DeviceId = device.Id });
        }
    }

    private static void CheckPublic(UserRecord user, DeviceRecord device)
    {
        if (device.Public && !AllowsPublic(user))
        {
            throw new InvalidValueException($"The device '{device.Path}' cannot be public while its user is not. Make the user '{user.Path}' public first.", device.Path);
        }
    }

    /// <summary>Devices of a hidden user would stay visible to all logins.</summary>
    private static void CheckNoPublicDevice(IStoreReader store, UserRecord user)
    {
        if (store.ListDevices(user).FirstOrDefault(device => device.Public) is { } device)
        {
            throw new InvalidValueException($"The user '{user.Path}' cannot be hidden while its device '{device.Path}' is public. First: Set-CdbDevice {device.Path} -Public:$false", user.Path);
        }
    }

    private static bool AllowsPublic(UserRecord user) => user.Public || user.Role == Role.Admin;
}
