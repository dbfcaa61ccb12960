using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Postgres;

internal partial class PostgresReader
{
    public SessionRecord? FindSession(byte[] tokenHash) => Session.First($"{TreeRows.SelectSessions} WHERE token_hash = $1", TreeRows.ReadSession, tokenHash);

    public SessionRecord? FindSession(long id) => Session.First($"{TreeRows.SelectSessions} WHERE id = $1", TreeRows.ReadSession, id);

    public IReadOnlyList<SessionRecord> ListSessions(DeviceRecord device) => Session.All($"{TreeRows.SelectSessions} WHERE device_id = $1 {TreeRows.LastUsedFirst}", TreeRows.ReadSession, device.Id);

    public IReadOnlyList<SessionRecord> ListSessions(UserRecord? user)
        => user is null
            ? Session.All($"{TreeRows.SelectSessions} {TreeRows.LastUsedFirst}", TreeRows.ReadSession)
            : Session.All($"{TreeRows.SelectSessions} WHERE device_id IN (SELECT id FROM devices WHERE user_id = $1) {TreeRows.LastUsedFirst}", TreeRows.ReadSession, user.Id);
}
