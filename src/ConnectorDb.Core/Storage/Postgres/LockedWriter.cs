using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// A transaction that may change everything. It holds the row of the store, so that the tree does not change meanwhile, and the row of each sequence that it
/// uses.
/// </summary>
internal sealed partial class LockedWriter : PostgresReader, IStoreWriter
{
    private readonly LockedSegments _segments;
    private readonly TableLayout _layout;
    private bool _hasCountedTree;
    private bool _hasCountedLogins;

    /// <summary>To be called within a new transaction.</summary>
    public LockedWriter(PostgresSession session, TableLayout layout, long version, string location)
        : this(session, layout, new LockedSegments(session, version), location)
    {
    }

    private LockedWriter(PostgresSession session, TableLayout layout, LockedSegments segments, string location)
        : base(session, segments, location)
    {
        _segments = segments;
        _layout = layout;
        session.Value<long>("SELECT tree_version FROM store FOR NO KEY UPDATE");
    }

    /// <summary>The sequences whose rows this transaction holds.</summary>
    public IEnumerable<SequenceKey> UsedSequences => _segments.Locked;

    public void Append(SequenceKey key, Func<SequenceEnd, Block> fit)
        => _segments.Change(
            key,
            () =>
            {
                SequenceWriter.Append(_segments, key, fit, Session.Cancellation);
                return true;
            });

    public MergeResult Merge(SequenceKey key, Block block)
    {
        MergeResult result = _segments.Change(key, () => SequenceMerge.Run(_segments, key, block, Session.Cancellation));
        if (result.IsInPlace)
        {
            RememberTruncation(key, result.Start);
        }

        return result;
    }

    public void Truncate(SequenceKey key, long count)
    {
        _segments.Change(
            key,
            () =>
            {
                SequenceWriter.Truncate(_segments, key, count);
                return true;
            });
        RememberTruncation(key, count);
    }

    public void Clear(SequenceKey key)
    {
        _segments.RemoveAll(key);
        Session.Run("DELETE FROM removals WHERE stream = $1 AND sequence = $2", key.Stream, key.Number);
    }

    public void Keep(Receipt receipt, double oldest)
    {
        Session.Run("DELETE FROM receipts WHERE t < $1", oldest);
        Session.Run(
            "INSERT INTO receipts (device_id, id, t, count, target, content) VALUES ($1, $2, $3, $4, $5, $6)",
            receipt.DeviceId, receipt.Id, receipt.T, receipt.Count, receipt.Result, receipt.Content);
    }

    public StreamRecord Add(StreamRecord stream)
    {
        long id = Insert(
            stream.Path,
            $"INSERT INTO streams (device_id, name, downlink_number, {StreamColumns.Names}) VALUES ({Parameters(1, 3 + StreamColumns.Count)})",
            [stream.DeviceId, stream.Path.Stream, stream.DownlinkNumber, .. ValuesOf(stream)]);
        AddLabels(id, stream.Labels);
        return stream with { Id = id };
    }

    public void Change(StreamRecord stream)
    {
        Update(
            stream.Path,
            $"UPDATE streams SET downlink_number = $2, {StreamColumns.Assignments('$', 3)} WHERE id = $1",
            [stream.Id, stream.DownlinkNumber, .. ValuesOf(stream)]);
        Session.Run("DELETE FROM labels WHERE stream = $1", stream.Id);
        AddLabels(stream.Id, stream.Labels);
    }

    public void Remove(StreamRecord stream)
    {
        RemoveData("SELECT id FROM streams WHERE id = $1", stream.Id);
        Session.Run("DELETE FROM streams WHERE id = $1", stream.Id);
        CountTreeChange();
    }

    private static string Parameters(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(i => $"${i}"));

    private static IEnumerable<PostgresValue> ValuesOf(StreamRecord stream) => StreamColumns.ValuesOf(stream).Select(value => value is bool flag ? (PostgresValue)flag : (string)value);

    private void AddLabels(long stream, LabelSet labels)
    {
        foreach ((string key, string value) in labels)
        {
            Session.Run("INSERT INTO labels (key, value, stream) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", Fold(key), Fold(value), stream);
        }
    }

    /// <summary>Removes the datapoints of streams. The rows of their sequences are taken first, in their order, so that no append is under way.</summary>
    private void RemoveData(string streams, long owner)
    {
        _layout.LockRemoved(Session, streams, owner);
        foreach (string table in (ReadOnlySpan<string>)["sequences", "tail", "segments"])
        {
            Session.Run($"DELETE FROM {table} WHERE stream IN ({streams})", owner);
        }
    }

    /// <remarks>Without a savepoint, of which a call with thousands of streams would make thousands; only a name that is taken is tried again with one, for the name of its constraint.</remarks>
    private long Insert(CdbPath path, string sql, params ReadOnlySpan<PostgresValue> arguments)
    {
        CountTreeChange();
        List<long> ids = Session.All($"{sql} ON CONFLICT DO NOTHING RETURNING id", static row => row.Integer(0), arguments);
        if (ids is [])
        {
            RunInSavepoint(path, sql, arguments);
        }

        return ids[0];
    }

    private void Update(CdbPath path, string sql, params ReadOnlySpan<PostgresValue> arguments)
    {
        CountTreeChange();
        RunInSavepoint(path, sql, arguments);
    }

    /// <exception cref="NameTakenException">The name exists. The transaction goes on as before, because the caller may choose another name in it.</exception>
    private void RunInSavepoint(CdbPath path, string sql, params ReadOnlySpan<PostgresValue> arguments)
    {
        Session.Run("SAVEPOINT change");
        try
        {
            Session.Run(sql, arguments);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            Session.Run("ROLLBACK TO SAVEPOINT change");
            throw new NameTakenException(
                error.ConstraintName switch
                {
                    // On a cluster, the number of a shard follows.
                    { } name when name.StartsWith("devices_key_hash_key", StringComparison.Ordinal) => $"The API key chosen for '{path}' cannot be used. Choose another one, or omit it to create one.",
                    { } name when name.StartsWith("users_email_key_key", StringComparison.Ordinal) => $"The e-mail address of '{path}' belongs to another user.",
                    _ => $"'{path}' already exists.",
                },
                path);
        }

        Session.Run("RELEASE SAVEPOINT change");
    }

    /// <summary>Once for a transaction: thousands of versions of one row would be read again with each.</summary>
    private void CountTreeChange()
    {
        if (!_hasCountedTree)
        {
            _hasCountedTree = true;
            Session.Run("UPDATE store SET tree_version = tree_version + 1");
        }
    }

    /// <summary>Counts as a change of the tree too, so that the targets of appends are found again.</summary>
    private void CountLoginChange()
    {
        CountTreeChange();
        if (!_hasCountedLogins)
        {
            _hasCountedLogins = true;
            Session.Run("UPDATE store SET login_version = login_version + 1");
        }
    }

    private void RememberTruncation(SequenceKey key, long count)
    {
        CountTreeChange();
        Removals.Add(Session, key, count, TreeVersion);
    }
}
