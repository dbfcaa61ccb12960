using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Tables;

/// <summary>Reads users, devices, streams and sessions from the rows of a store.</summary>
/// <param name="damaged">Creates the error of a row that cannot be read, from its reason.</param>
internal sealed class TreeRows(Func<string, Exception, StoreException> damaged)
{
    public const string SelectUsers = "SELECT id, name, nickname, email, description, icon, role, public, password_hash FROM users";

    public const string SelectDevices = "SELECT d.id, d.user_id, u.name, d.name, d.nickname, d.description, d.icon, d.role, d.enabled, d.public, d.visible, d.user_editable, d.key_hash, d.sealed_key FROM devices d JOIN users u ON u.id = d.user_id";

    public const string SelectSessions = "SELECT id, device_id, created, used, expires, address, agent FROM sessions";

    public const string LastUsedFirst = "ORDER BY used DESC, id DESC";

    /// <param name="existing">The columns of the table; null for all.</param>
    public static string SelectStreams(IReadOnlySet<string>? existing = null)
        => $"SELECT s.id, s.device_id, u.name, d.name, s.name, s.downlink_number, {StreamColumns.Selection(existing)} FROM streams s JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = d.user_id";

    public UserRecord ReadUser(IRow row) => new()
    {
        Id = row.Integer(0),
        Path = PathOf(row.Text(1)),
        Nickname = row.Text(2),
        Email = row.Text(3),
        Description = row.Text(4),
        Icon = row.Text(5),
        Role = row.Text(6),
        Public = row.Boolean(7),
        PasswordHash = row.TextOrNull(8),
    };

    public DeviceRecord ReadDevice(IRow row) => new()
    {
        Id = row.Integer(0),
        UserId = row.Integer(1),
        Path = PathOf(row.Text(2), row.Text(3)),
        Nickname = row.Text(4),
        Description = row.Text(5),
        Icon = row.Text(6),
        Role = row.Text(7),
        Enabled = row.Boolean(8),
        Public = row.Boolean(9),
        Visible = row.Boolean(10),
        UserEditable = row.Boolean(11),
        KeyHash = row.BytesOrNull(12),
        SealedKey = row.BytesOrNull(13),
    };

    public StreamRecord ReadStream(IRow row) => new()
    {
        Id = row.Integer(0),
        DeviceId = row.Integer(1),
        Path = PathOf(row.Text(2), row.Text(3), row.Text(4)),
        DownlinkNumber = (int)row.Integer(5),
        Fields = StreamColumns.Read(row, 6),
    };

    public static SessionRecord ReadSession(IRow row) => new()
    {
        Id = row.Integer(0),
        DeviceId = row.Integer(1),
        Created = row.Real(2),
        Used = row.Real(3),
        Expires = row.Real(4),
        Address = row.Text(5),
        Agent = row.Text(6),
    };

    /// <summary>Addresses that differ only in case are one. No address is null, because many users may have none.</summary>
    public static string? EmailKey(string email) => email.Length == 0 ? null : email.ToUpperInvariant();

    /// <summary>The path of stored names.</summary>
    /// <exception cref="StoreException">One of them is not a valid name.</exception>
    private CdbPath PathOf(string user, string? device = null, string? stream = null)
    {
        try
        {
            return device is null ? CdbPath.ForUser(user) : stream is null ? CdbPath.ForDevice(user, device) : CdbPath.ForStream(user, device, stream);
        }
        catch (InvalidNameException error)
        {
            throw damaged($"a stored name is not valid: {error.Message.TrimEnd('.')}", error);
        }
    }
}
