using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    private const string UserColumns = "SELECT id, name, nickname, email, description, icon, role, public, password_hash FROM users";

    public UserRecord? FindUser(CdbPath path)
        => _session[$"{UserColumns} WHERE name = ?1 AND name = ?1 COLLATE BINARY"].First(ReadUser, path.User);

    public UserRecord? FindUserByLogin(string nameOrEmail)
        => _session[$"{UserColumns} WHERE name = ?1"].First(ReadUser, nameOrEmail)
           ?? _session[$"{UserColumns} WHERE email_key = ?1"].First(ReadUser, EmailKey(nameOrEmail));

    public IEnumerable<UserRecord> ListUsers(string after = "") => _session[$"{UserColumns} WHERE name > ?1 ORDER BY name"].Each(ReadUser, after);

    public UserRecord Add(UserRecord user)
    {
        long id = Insert(
            user.Path,
            "INSERT INTO users (name, nickname, email, email_key, description, icon, role, public, password_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id",
            user.Path.User, user.Nickname, user.Email, EmailKey(user.Email), user.Description, user.Icon, user.Role, user.Public, user.PasswordHash);
        return user with { Id = id };
    }

    public void Change(UserRecord user)
    {
        Update(
            user.Path,
            "UPDATE users SET nickname = ?2, email = ?3, email_key = ?4, description = ?5, icon = ?6, role = ?7, public = ?8, password_hash = ?9 WHERE id = ?1",
            user.Id, user.Nickname, user.Email, EmailKey(user.Email), user.Description, user.Icon, user.Role, user.Public, user.PasswordHash);
        CountLoginChange();
    }

    public void Remove(UserRecord user)
    {
        foreach (DeviceRecord device in ListDevices(user))
        {
            RemoveData(device);
        }

        _session["DELETE FROM users WHERE id = ?1"].Run(user.Id);
        CountLoginChange();
        GiveBackSpace();
    }

    /// <summary>Addresses that differ only in case are one; none is null, which may be there many times.</summary>
    private static string? EmailKey(string email) => email.Length == 0 ? null : email.ToUpperInvariant();

    /// <summary>The path of stored names.</summary>
    /// <exception cref="StoreException">One of them is no name: the file is damaged.</exception>
    private CdbPath PathOf(string user, string? device = null, string? stream = null)
    {
        try
        {
            return device is null ? CdbPath.ForUser(user) : stream is null ? CdbPath.ForDevice(user, device) : CdbPath.ForStream(user, device, stream);
        }
        catch (InvalidNameException error)
        {
            throw SqliteFaults.Damaged(_session.Connection.DataSource, $"a stored name is none: {error.Message.TrimEnd('.')}", error);
        }
    }

    private UserRecord ReadUser(Row row) => new()
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
}
