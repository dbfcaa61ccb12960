using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    public UserRecord? FindUser(CdbPath path)
        => _session[$"{TreeRows.SelectUsers} WHERE name = ?1 AND name = ?1 COLLATE BINARY"].First(_tree.ReadUser, path.User);

    public UserRecord? FindUserByLogin(string nameOrEmail)
        => _session[$"{TreeRows.SelectUsers} WHERE name = ?1"].First(_tree.ReadUser, nameOrEmail)
           ?? _session[$"{TreeRows.SelectUsers} WHERE email_key = ?1"].First(_tree.ReadUser, TreeRows.EmailKey(nameOrEmail));

    public IEnumerable<UserRecord> ListUsers(string after = "") => _session[$"{TreeRows.SelectUsers} WHERE name > ?1 ORDER BY name"].Each(_tree.ReadUser, after);

    public UserRecord Add(UserRecord user)
    {
        long id = Insert(
            user.Path,
            "INSERT INTO users (name, nickname, email, email_key, description, icon, role, public, password_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id",
            user.Path.User, user.Nickname, user.Email, TreeRows.EmailKey(user.Email), user.Description, user.Icon, user.Role, user.Public, user.PasswordHash);
        return user with { Id = id };
    }

    public void Change(UserRecord user)
    {
        Update(
            user.Path,
            "UPDATE users SET nickname = ?2, email = ?3, email_key = ?4, description = ?5, icon = ?6, role = ?7, public = ?8, password_hash = ?9 WHERE id = ?1",
            user.Id, user.Nickname, user.Email, TreeRows.EmailKey(user.Email), user.Description, user.Icon, user.Role, user.Public, user.PasswordHash);
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
}
