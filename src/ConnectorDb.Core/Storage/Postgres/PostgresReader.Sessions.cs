using ConnectorDb.Core.Storage.Tree;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

internal partial class PostgresReader
{
    private const string SessionColumns = "SELECT id, device_id, created, used, expires, address, agent FROM sessions";
    private const string LastUsedFirst = "ORDER BY used DESC, id DESC";

    public SessionRecord? FindSession(byte[] tokenHash) => Session.First($"{SessionColumns} WHERE token_hash = $1", ReadSession, tokenHash);

    public SessionRecord? FindSession(long id) => Session.First($"{SessionColumns} WHERE id = $1", ReadSession, id);

    public IReadOnlyList<SessionRecord> ListSessions(DeviceRecord device) => Session.All($"{SessionColumns} WHERE device_id = $1 {LastUsedFirst}", ReadSession, device.Id);

    public IReadOnlyList<SessionRecord> ListSessions(UserRecord? user)
        => user is null
            ? Session.All($"{SessionColumns} {LastUsedFirst}", ReadSession)
            : Session.All($"{SessionColumns} WHERE device_id IN (SELECT id FROM devices WHERE user_id = $1) {LastUsedFirst}", ReadSession, user.Id);

    private static SessionRecord ReadSession(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        DeviceId = row.GetInt64(1),
        Created = row.GetDouble(2),
        Used = row.GetDouble(3),
        Expires = row.GetDouble(4),
        Address = row.GetString(5),
        Agent = row.GetString(6),
    };
}
