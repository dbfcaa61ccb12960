using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    private const string StreamColumns = "SELECT s.id, s.device_id, u.name, d.name, s.name, s.nickname, s.description, s.icon, s.schema, s.datatype, s.ephemeral, s.downlink, s.downlink_number FROM streams s JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = d.user_id";

    public StreamRecord? FindStream(CdbPath path)
        => _session[$"{StreamColumns} WHERE u.name = ?1 AND u.name = ?1 COLLATE BINARY AND d.name = ?2 AND s.name = ?3"].First(ReadStream, path.User, path.Device, path.Stream);

    public IReadOnlyList<StreamRecord> ListStreams(DeviceRecord device)
        => _session[$"{StreamColumns} WHERE s.device_id = ?1 ORDER BY s.name"].All(ReadStream, device.Id);

    public TreeCounts CountTree()
    {
        using Row row = _session["SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM devices), (SELECT count(*) FROM streams)"].Query();
        row.Read();
        return new TreeCounts(row.Integer(0), row.Integer(1), row.Integer(2));
    }

    public StreamRecord Add(StreamRecord stream)
    {
        long id = Insert(
            stream.Path,
            "INSERT INTO streams (device_id, name, nickname, description, icon, schema, datatype, ephemeral, downlink, downlink_number) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id",
            stream.DeviceId, stream.Path.Stream, stream.Nickname, stream.Description, stream.Icon, stream.Schema, stream.Datatype, stream.Ephemeral, stream.Downlink, stream.DownlinkNumber);
        return stream with { Id = id };
    }

    public void Change(StreamRecord stream) => Update(
        stream.Path,
        "UPDATE streams SET nickname = ?2, description = ?3, icon = ?4, schema = ?5, datatype = ?6, ephemeral = ?7, downlink = ?8, downlink_number = ?9 WHERE id = ?1",
        stream.Id, stream.Nickname, stream.Description, stream.Icon, stream.Schema, stream.Datatype, stream.Ephemeral, stream.Downlink, stream.DownlinkNumber);

    public void Remove(StreamRecord stream)
    {
        RemoveData(stream);
        _session["DELETE FROM streams WHERE id = ?1"].Run(stream.Id);
        CountTreeChange();
        GiveBackSpace();
    }

    private void RemoveData(StreamRecord stream)
    {
        Cancellation.ThrowIfCancellationRequested();
        _segments.RemoveAll(stream.KeyOf(downlink: false));
        _segments.RemoveAll(stream.KeyOf(downlink: true));
    }

    private long Insert(CdbPath path, string sql, params ReadOnlySpan<SqliteValue> arguments)
    {
        try
        {
            CountTreeChange();
            using Row row = _session[sql].Query(arguments);
            row.Read();
            return row.Integer(0);
        }
        catch (SqliteException error) when (error.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_UNIQUE)
        {
            throw Taken(path, error);
        }
    }

    private void Update(CdbPath path, string sql, params ReadOnlySpan<SqliteValue> arguments)
    {
        try
        {
            CountTreeChange();
            _session[sql].Run(arguments);
        }
        catch (SqliteException error) when (error.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_UNIQUE)
        {
            throw Taken(path, error);
        }
    }

    private static NameTakenException Taken(CdbPath path, SqliteException error)
    {
        bool isKey = error.Message.Contains("devices.key_hash", StringComparison.Ordinal);
        bool isEmail = error.Message.Contains("users.email_key", StringComparison.Ordinal);
        return new NameTakenException(
            isKey ? $"The API key chosen for '{path}' cannot be used. Choose another, or let one be made."
            : isEmail ? $"Another user has the e-mail address that was given for '{path}'."
            : $"'{path}' is there already.",
            path);
    }

    private static StreamRecord ReadStream(Row row) => new()
    {
        Id = row.Integer(0),
        DeviceId = row.Integer(1),
        Path = CdbPath.ForStream(row.Text(2), row.Text(3), row.Text(4)),
        Nickname = row.Text(5),
        Description = row.Text(6),
        Icon = row.Text(7),
        Schema = row.Text(8),
        Datatype = row.Text(9),
        Ephemeral = row.Boolean(10),
        Downlink = row.Boolean(11),
        DownlinkNumber = (int)row.Integer(12),
    };
}
