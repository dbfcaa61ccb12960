using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Storage.Sqlite;

internal sealed partial class SqliteState
{
    private static readonly string s_insertStream = $"INSERT INTO streams (device_id, name, downlink_number, {StreamColumns.Names}) VALUES ({string.Join(", ", Enumerable.Range(1, 3 + StreamColumns.Count).Select(i => $"?{i}"))}) RETURNING id";
    private static readonly string s_updateStream = $"UPDATE streams SET downlink_number = ?2, {StreamColumns.Assignments('?', 3)} WHERE id = ?1";

    private StreamQueries? _streamQueries;

    private StreamQueries Streams => _streamQueries ??= new StreamQueries(SqliteSchema.ColumnsOf(_session, "streams"));

    public StreamRecord? FindStream(CdbPath path)
        => _session[Streams.One].First(_tree.ReadStream, path.User, path.Device, path.Stream);

    public IEnumerable<StreamRecord> ListStreams(DeviceRecord device, string after = "")
        => _session[Streams.OfDevice].Each(_tree.ReadStream, device.Id, after);

    public IEnumerable<StreamRecord> FindStreams(string text, IReadOnlyList<LabelPattern> labels, CdbPath? after, Func<long, bool> isListed, Action step)
        => labels.Count == 0 ? FindStreams(new TextPattern(text), after, isListed, step) : FindStreams(labels, after, isListed, step).Where(new TextPattern(text).IsMatch);

    // The database compares texts of ASCII without regard to case, and leaves the rest to the pattern.
    private IEnumerable<StreamRecord> FindStreams(TextPattern text, CdbPath? after, Func<long, bool> isListed, Action step)
        => DevicesAfter(after).SelectMany(device =>
        {
            step();
            return _session[Streams.WithText].Each(_tree.ReadStream, device.Id, device.After, device.Start, text.Like).Where(text.IsMatch).TakeWhile(_ => isListed(device.Id));
        });

    private IEnumerable<(long Id, string After, string Start)> DevicesAfter(CdbPath? after)
        => _session[StreamQueries.DevicesByPath].Each(row => (row.Integer(0), row.Boolean(1) ? after!.Stream! : "", row.Text(2)), after?.User ?? "", after?.Device ?? "");

    private IEnumerable<StreamRecord> FindStreams(IReadOnlyList<LabelPattern> labels, CdbPath? after, Func<long, bool> isListed, Action step)
    {
        if (!SqliteSchema.HasLabels(_session))
        {
            return [];
        }

        LabelSearch search = new(_session, labels, step);
        return search.FindFew() is { } few
            ? few.Select(StreamOf).Where(stream => isListed(stream.DeviceId) && (after is null || PathOrder.Instance.Compare(stream.Path, after) > 0)).OrderBy(stream => stream.Path, PathOrder.Instance)
            : DevicesAfter(after).SelectMany(device => MatchesOf(device.Id, device.After));

        // Rights are looked at only where there is a match, because there may be very many devices without one.
        IEnumerable<StreamRecord> MatchesOf(long device, string afterName)
            => _session[StreamQueries.IdsOfDevice].Each(row => row.Integer(0), device, afterName).Where(search.IsMatch).TakeWhile(_ => isListed(device)).Select(StreamOf);

        StreamRecord StreamOf(long id) => _session[Streams.WithId].First(_tree.ReadStream, id)!;
    }

    public TreeCounts CountTree()
    {
        using Row row = _session["SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM devices), (SELECT count(*) FROM streams)"].Query();
        row.Read();
        return new TreeCounts(row.Integer(0), row.Integer(1), row.Integer(2));
    }

    public StreamRecord Add(StreamRecord stream)
    {
        long id = Insert(stream.Path, s_insertStream, [stream.DeviceId, stream.Path.Stream, stream.DownlinkNumber, .. ValuesOf(stream)]);
        SqliteLabels.Add(_session, id, stream.Labels);
        return stream with { Id = id };
    }

    public void Change(StreamRecord stream)
    {
        Update(stream.Path, s_updateStream, [stream.Id, stream.DownlinkNumber, .. ValuesOf(stream)]);
        SqliteLabels.Replace(_session, stream.Id, stream.Labels);
    }

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

    private static IEnumerable<SqliteValue> ValuesOf(StreamRecord stream) => StreamColumns.ValuesOf(stream).Select(value => value is bool flag ? (SqliteValue)flag : (string)value);
}
