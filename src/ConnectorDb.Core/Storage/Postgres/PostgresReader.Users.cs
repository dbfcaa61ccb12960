using ConnectorDb.Core.Storage.Tree;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

internal partial class PostgresReader
{
    private const string UserColumns = "SELECT id, name, nickname, email, description, icon, role, public, password_hash FROM users";
    private const string DeviceColumns = "SELECT d.id, d.user_id, u.name, d.name, d.nickname, d.description, d.icon, d.role, d.enabled, d.public, d.visible, d.user_editable, d.key_hash, d.sealed_key FROM devices d JOIN users u ON u.id = d.user_id";

    public UserRecord? FindUser(CdbPath path) => Session.First($"{UserColumns} WHERE name_key = $1 AND name = $2", ReadUser, NameKey(path.User), path.User);

    public UserRecord? FindUserByLogin(string nameOrEmail)
        => Session.First($"{UserColumns} WHERE name_key = $1", ReadUser, NameKey(nameOrEmail))
           ?? Session.First($"{UserColumns} WHERE email_key = $1", ReadUser, EmailKey(nameOrEmail));

    public IEnumerable<UserRecord> ListUsers(string after = "")
        => Pages(NameKey(after), (name, most) => Session.All($"{UserColumns} WHERE name_key > $1 ORDER BY name_key LIMIT $2", ReadUser, name, most), user => NameKey(user.Path.User));

    public DeviceRecord? FindDevice(CdbPath path)
        => Session.First($"{DeviceColumns} WHERE u.name_key = $1 AND u.name = $2 AND d.name = $3", ReadDevice, NameKey(path.User), path.User, path.Device);

    public DeviceRecord? FindDevice(long id) => Session.First($"{DeviceColumns} WHERE d.id = $1", ReadDevice, id);

    public DeviceRecord? FindDeviceByKey(byte[] keyHash) => Session.First($"{DeviceColumns} WHERE d.key_hash = $1", ReadDevice, keyHash);

    public IEnumerable<DeviceRecord> ListDevices(UserRecord user, string after = "")
        => Pages(after, (name, most) => Session.All($"{DeviceColumns} WHERE d.user_id = $1 AND d.name > $2 ORDER BY d.name LIMIT $3", ReadDevice, user.Id, name, most), device => device.Path.Name);

    /// <summary>Names of users that differ only in case are one.</summary>
    protected static string NameKey(string name) => name.ToLowerInvariant();

    /// <summary>Addresses that differ only in case are one; none is null, which may be there many times.</summary>
    protected static string? EmailKey(string email) => email.Length == 0 ? null : email.ToUpperInvariant();

    /// <summary>The path of stored names.</summary>
    /// <exception cref="StoreException">One of them is no name: the database was changed by another program.</exception>
    private CdbPath PathOf(string user, string? device = null, string? stream = null)
    {
        try
        {
            return device is null ? CdbPath.ForUser(user) : stream is null ? CdbPath.ForDevice(user, device) : CdbPath.ForStream(user, device, stream);
        }
        catch (InvalidNameException error)
        {
            throw PostgresFaults.Damaged(Location, $"a stored name is none: {error.Message.TrimEnd('.')}", error);
        }
    }

    private UserRecord ReadUser(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Path = PathOf(row.GetString(1)),
        Nickname = row.GetString(2),
        Email = row.GetString(3),
        Description = row.GetString(4),
        Icon = row.GetString(5),
        Role = row.GetString(6),
        Public = row.GetBoolean(7),
        PasswordHash = row.IsDBNull(8) ? null : row.GetString(8),
    };

    private DeviceRecord ReadDevice(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        UserId = row.GetInt64(1),
        Path = PathOf(row.GetString(2), row.GetString(3)),
        Nickname = row.GetString(4),
        Description = row.GetString(5),
        Icon = row.GetString(6),
        Role = row.GetString(7),
        Enabled = row.GetBoolean(8),
        Public = row.GetBoolean(9),
        Visible = row.GetBoolean(10),
        UserEditable = row.GetBoolean(11),
        KeyHash = row.IsDBNull(12) ? null : row.GetFieldValue<byte[]>(12),
        SealedKey = row.IsDBNull(13) ? null : row.GetFieldValue<byte[]>(13),
    };
}
