using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    private static readonly string s_fieldColumns = string.Join(", ", StreamFields.All.Select(field => field.Name));
    private static readonly string s_insertStream = $"INSERT INTO streams (device_id, name, downlink_number, {s_fieldColumns}) VALUES (?1, ?2, ?3, {string.Join(", ", StreamFields.All.Select((_, i) => $"?{i + 4}"))}) RETURNING id";
    private static readonly string s_updateStream = $"UPDATE streams SET downlink_number = ?2, {string.Join(", ", StreamFields.All.Select((field, i) => $"{field.Name} = ?{i + 3}"))} WHERE id = ?1";
    private static readonly string s_selectStreams = $"SELECT s.id, s.device_id, u.name, d.name, s.name, s.downlink_number, {string.Join(", ", StreamFields.All.Select(field => $"s.{field.Name}"))} FROM streams s JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = d.user_id";
    private static readonly string s_selectStream = $"{s_selectStreams} WHERE u.name = ?1 AND u.name = ?1 COLLATE BINARY AND d.name = ?2 AND s.name = ?3";
    private static readonly string s_selectStreamsOfDevice = $"{s_selectStreams} WHERE s.device_id = ?1 ORDER BY s.name";

    public StreamRecord? FindStream(CdbPath path)
        => _session[s_selectStream].First(ReadStream, path.User, path.Device, path.Stream);

    public IReadOnlyList<StreamRecord> ListStreams(DeviceRecord device)
        => _session[s_selectStreamsOfDevice].All(ReadStream, device.Id);

    public TreeCounts CountTree()
    {
        using Row row = _session["SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM devices), (SELECT count(*) FROM streams)"].Query();
        row.Read();
        return new TreeCounts(row.Integer(0), row.Integer(1), row.Integer(2));
    }

    public StreamRecord Add(StreamRecord stream)
    {
        long id = Insert(stream.Path, s_insertStream, [stream.DeviceId, stream.Path.Stream, stream.DownlinkNumber, .. ValuesOf(stream)]);
        return stream with { Id = id };
    }

    public void Change(StreamRecord stream)
        => Update(stream.Path, s_updateStream, [stream.Id, stream.DownlinkNumber, .. ValuesOf(stream)]);

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
            isKey ? $"The API key chosen for '{path}' cannot be used. Choose another one, or omit it to create one."
            : isEmail ? $"The e-mail address of '{path}' belongs to another user."
            : $"'{path}' already exists.",
            path);
    }

    private static IEnumerable<SqliteValue> ValuesOf(StreamRecord stream)
        => StreamFields.All.Select(field => (field.Get(stream.Fields) ?? field.Default) is bool flag ? (SqliteValue)flag : (string)(field.Get(stream.Fields) ?? field.Default));

    private StreamRecord ReadStream(Row row)
    {
        int column = 6;
        return new StreamRecord
        {
            Id = row.Integer(0),
            DeviceId = row.Integer(1),
            Path = PathOf(row.Text(2), row.Text(3), row.Text(4)),
            DownlinkNumber = (int)row.Integer(5),
            Fields = StreamFields.All.Read(field => field.IsFlag ? row.Boolean(column++) : row.Text(column++)),
        };
    }
}
