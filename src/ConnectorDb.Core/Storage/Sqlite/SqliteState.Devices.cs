using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    public DeviceRecord? FindDevice(CdbPath path)
        => _session[$"{TreeRows.SelectDevices} WHERE u.name = ?1 AND u.name = ?1 COLLATE BINARY AND d.name = ?2"].First(_tree.ReadDevice, path.User, path.Device);

    public DeviceRecord? FindDevice(long id) => _session[$"{TreeRows.SelectDevices} WHERE d.id = ?1"].First(_tree.ReadDevice, id);

    public DeviceRecord? FindDeviceByKey(byte[] keyHash)
        => _session[$"{TreeRows.SelectDevices} WHERE d.key_hash = ?1"].First(_tree.ReadDevice, keyHash);

    public IEnumerable<DeviceRecord> ListDevices(UserRecord user, string after = "")
        => _session[$"{TreeRows.SelectDevices} WHERE d.user_id = ?1 AND d.name > ?2 ORDER BY d.name"].Each(_tree.ReadDevice, user.Id, after);

    public long CountDevices(UserRecord user) => Count("SELECT count(*) FROM devices WHERE user_id = ?1", user.Id);

    public long CountStreams(DeviceRecord device) => Count("SELECT count(*) FROM streams WHERE device_id = ?1", device.Id);

    public DeviceRecord Add(DeviceRecord device)
    {
        long id = Insert(
            device.Path,
            "INSERT INTO devices (user_id, name, nickname, description, icon, role, enabled, public, visible, user_editable, key_hash, sealed_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING id",
            device.UserId, device.Path.Device, device.Nickname, device.Description, device.Icon, device.Role, device.Enabled, device.Public, device.Visible, device.UserEditable, device.KeyHash, device.SealedKey);
        return device with { Id = id };
    }

    public void Change(DeviceRecord device)
    {
        Update(
            device.Path,
            "UPDATE devices SET nickname = ?2, description = ?3, icon = ?4, role = ?5, enabled = ?6, public = ?7, visible = ?8, user_editable = ?9, key_hash = ?10, sealed_key = ?11 WHERE id = ?1",
            device.Id, device.Nickname, device.Description, device.Icon, device.Role, device.Enabled, device.Public, device.Visible, device.UserEditable, device.KeyHash, device.SealedKey);
        CountLoginChange();
    }

    public void Remove(DeviceRecord device)
    {
        RemoveData(device);
        _session["DELETE FROM devices WHERE id = ?1"].Run(device.Id);
        CountLoginChange();
        GiveBackSpace();
    }

    private void RemoveData(DeviceRecord device)
    {
        foreach (StreamRecord stream in ListStreams(device))
        {
            RemoveData(stream);
        }
    }

    private long Count(string sql, long owner)
    {
        using Row row = _session[sql].Query(owner);
        row.Read();
        return row.Integer(0);
    }
}
