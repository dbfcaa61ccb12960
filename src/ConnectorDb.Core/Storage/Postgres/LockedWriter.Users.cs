using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Postgres;

internal sealed partial class LockedWriter
{
    public UserRecord Add(UserRecord user)
    {
        long id = Insert(
            user.Path,
            $"INSERT INTO users (name, name_key, nickname, email, email_key, description, icon, role, public, password_hash) VALUES ({Parameters(1, 10)})",
            user.Path.User, NameKey(user.Path.User), user.Nickname, user.Email, TreeRows.EmailKey(user.Email), user.Description, user.Icon, user.Role, user.Public, user.PasswordHash);
        return user with { Id = id };
    }

    public void Change(UserRecord user)
    {
        Update(
            user.Path,
            "UPDATE users SET nickname = $2, email = $3, email_key = $4, description = $5, icon = $6, role = $7, public = $8, password_hash = $9 WHERE id = $1",
            user.Id, user.Nickname, user.Email, TreeRows.EmailKey(user.Email), user.Description, user.Icon, user.Role, user.Public, user.PasswordHash);
        CountLoginChange();
    }

    public void Remove(UserRecord user)
    {
        RemoveData("SELECT s.id FROM streams s JOIN devices d ON d.id = s.device_id WHERE d.user_id = $1", user.Id);
        Session.Run("DELETE FROM users WHERE id = $1", user.Id);
        CountLoginChange();
    }

    public DeviceRecord Add(DeviceRecord device)
    {
        long id = Insert(
            device.Path,
            $"INSERT INTO devices (user_id, name, nickname, description, icon, role, enabled, public, visible, user_editable, key_hash, sealed_key) VALUES ({Parameters(1, 12)})",
            device.UserId, device.Path.Device, device.Nickname, device.Description, device.Icon, device.Role, device.Enabled, device.Public, device.Visible, device.UserEditable, device.KeyHash, device.SealedKey);
        return device with { Id = id };
    }

    public void Change(DeviceRecord device)
    {
        Update(
            device.Path,
            "UPDATE devices SET nickname = $2, description = $3, icon = $4, role = $5, enabled = $6, public = $7, visible = $8, user_editable = $9, key_hash = $10, sealed_key = $11 WHERE id = $1",
            device.Id, device.Nickname, device.Description, device.Icon, device.Role, device.Enabled, device.Public, device.Visible, device.UserEditable, device.KeyHash, device.SealedKey);
        CountLoginChange();
    }

    public void Remove(DeviceRecord device)
    {
        RemoveData("SELECT id FROM streams WHERE device_id = $1", device.Id);
        Session.Run("DELETE FROM devices WHERE id = $1", device.Id);
        CountLoginChange();
    }

    public SessionRecord Add(SessionRecord session, byte[] tokenHash)
        => session with
        {
            Id = Session.Value<long>(
                $"INSERT INTO sessions (device_id, token_hash, created, used, expires, address, agent) VALUES ({Parameters(1, 7)}) RETURNING id",
                session.DeviceId, tokenHash, session.Created, session.Used, session.Expires, session.Address, session.Agent),
        };

    public void Use(SessionRecord session, double now) => Session.Run("UPDATE sessions SET used = $2 WHERE id = $1", session.Id, now);

    public void Remove(SessionRecord session)
    {
        Session.Run("DELETE FROM sessions WHERE id = $1", session.Id);
        CountLoginChange();
    }

    public void RemoveSessions(DeviceRecord device)
    {
        Session.Run("DELETE FROM sessions WHERE device_id = $1", device.Id);
        CountLoginChange();
    }

    public void RemoveSessions(double expiredBefore, double unusedSince)
        => Session.Run("DELETE FROM sessions WHERE expires < $1 OR used < $2", expiredBefore, unusedSince);
}
