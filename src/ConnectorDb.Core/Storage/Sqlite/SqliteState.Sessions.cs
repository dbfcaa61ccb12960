using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    private bool? _hasSessions;

    private bool HasSessions => _hasSessions ??= SqliteSchema.HasSessions(_session);

    public long LoginVersion
    {
        get
        {
            if (!HasSessions)
            {
                return 0;
            }

            using Row row = _session["SELECT login_version FROM store"].Query();
            row.Read();
            return row.Integer(0);
        }
    }

    public SessionRecord? FindSession(byte[] tokenHash)
        => HasSessions ? _session[$"{TreeRows.SelectSessions} WHERE token_hash = ?1"].First(TreeRows.ReadSession, tokenHash) : null;

    public SessionRecord? FindSession(long id)
        => HasSessions ? _session[$"{TreeRows.SelectSessions} WHERE id = ?1"].First(TreeRows.ReadSession, id) : null;

    public IReadOnlyList<SessionRecord> ListSessions(DeviceRecord device)
        => HasSessions ? _session[$"{TreeRows.SelectSessions} WHERE device_id = ?1 {TreeRows.LastUsedFirst}"].All(TreeRows.ReadSession, device.Id) : [];

    public IReadOnlyList<SessionRecord> ListSessions(UserRecord? user)
    {
        if (!HasSessions)
        {
            return [];
        }

        return user is null
            ? _session[$"{TreeRows.SelectSessions} {TreeRows.LastUsedFirst}"].All(TreeRows.ReadSession)
            : _session[$"{TreeRows.SelectSessions} WHERE device_id IN (SELECT id FROM devices WHERE user_id = ?1) {TreeRows.LastUsedFirst}"].All(TreeRows.ReadSession, user.Id);
    }

    public SessionRecord Add(SessionRecord session, byte[] tokenHash)
    {
        using Row row = _session["INSERT INTO sessions (device_id, token_hash, created, used, expires, address, agent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id"]
            .Query(session.DeviceId, tokenHash, session.Created, session.Used, session.Expires, session.Address, session.Agent);
        row.Read();
        return session with { Id = row.Integer(0) };
    }

    public void Use(SessionRecord session, double now)
        => _session["UPDATE sessions SET used = ?2 WHERE id = ?1"].Run(session.Id, now);

    public void Remove(SessionRecord session)
    {
        _session["DELETE FROM sessions WHERE id = ?1"].Run(session.Id);
        CountLoginChange();
    }

    public void RemoveSessions(DeviceRecord device)
    {
        _session["DELETE FROM sessions WHERE device_id = ?1"].Run(device.Id);
        CountLoginChange();
    }

    public void RemoveSessions(double expiredBefore, double unusedSince)
        => _session["DELETE FROM sessions WHERE expires < ?1 OR used < ?2"].Run(expiredBefore, unusedSince);

    /// <summary>Counts as a change of the tree too, so that the targets of appends are found again.</summary>
    private void CountLoginChange()
    {
        _session["UPDATE store SET login_version = login_version + 1"].Run();
        CountTreeChange();
    }
}
