using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Postgres;

internal partial class PostgresReader
{
    public UserRecord? FindUser(CdbPath path) => Session.First($"{TreeRows.SelectUsers} WHERE name_key = $1 AND name = $2", _tree.ReadUser, NameKey(path.User), path.User);

    public UserRecord? FindUserByLogin(string nameOrEmail)
        => Session.First($"{TreeRows.SelectUsers} WHERE name_key = $1", _tree.ReadUser, NameKey(nameOrEmail))
           ?? Session.First($"{TreeRows.SelectUsers} WHERE email_key = $1", _tree.ReadUser, TreeRows.EmailKey(nameOrEmail));

    public IEnumerable<UserRecord> ListUsers(string after = "")
        => Pages(NameKey(after), (name, most) => Session.All($"{TreeRows.SelectUsers} WHERE name_key > $1 ORDER BY name_key LIMIT $2", _tree.ReadUser, name, most), user => NameKey(user.Path.User));

    public DeviceRecord? FindDevice(CdbPath path)
        => Session.First($"{TreeRows.SelectDevices} WHERE u.name_key = $1 AND u.name = $2 AND d.name = $3", _tree.ReadDevice, NameKey(path.User), path.User, path.Device);

    public DeviceRecord? FindDevice(long id) => Session.First($"{TreeRows.SelectDevices} WHERE d.id = $1", _tree.ReadDevice, id);

    public DeviceRecord? FindDeviceByKey(byte[] keyHash) => Session.First($"{TreeRows.SelectDevices} WHERE d.key_hash = $1", _tree.ReadDevice, keyHash);

    public IEnumerable<DeviceRecord> ListDevices(UserRecord user, string after = "")
        => Pages(after, (name, most) => Session.All($"{TreeRows.SelectDevices} WHERE d.user_id = $1 AND d.name > $2 ORDER BY d.name LIMIT $3", _tree.ReadDevice, user.Id, name, most), device => device.Path.Name);

    /// <summary>Names of users that differ only in case are one.</summary>
    protected static string NameKey(string name) => name.ToLowerInvariant();
}
