using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;
using Npgsql;
using NpgsqlTypes;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// Stores the appends of a group with one statement, if the versions of the tree and of all sequences are those that the group saw. The rows of the
/// sequences are locked in their order, so that servers that append to the same streams wait for each other without a deadlock.
/// </summary>
internal static class AppendStatement
{
    /// <summary>The parts that a group without new rows, without a full tail or without receipts leaves out.</summary>
    private static readonly string[] s_texts = [.. Enumerable.Range(0, 8).Select(parts => TextOf((parts & 1) != 0, (parts & 2) != 0, (parts & 4) != 0))];

    /// <summary>The command, whose result is true if the group was stored.</summary>
    public static NpgsqlCommand Of(PostgresSession session, AppendGroup group)
    {
        PendingSequence[] sequences = group.Sequences;
        List<StoredSegment> rows = [.. sequences.SelectMany(sequence => sequence.Segments)];
        PendingSequence[] full = Array.FindAll(sequences, sequence => sequence.DropsTail);
        List<PostgresValue> arguments =
        [
            group.TreeVersion,
            group.Version,
            PostgresValue.Array(Array.ConvertAll(sequences, sequence => sequence.Key.Stream), NpgsqlDbType.Bigint),
            PostgresValue.Array(Array.ConvertAll(sequences, sequence => sequence.Key.Number), NpgsqlDbType.Integer),
            PostgresValue.Array(Array.ConvertAll(sequences, sequence => sequence.Head.Version), NpgsqlDbType.Bigint),
            PostgresValue.Array(Array.ConvertAll(sequences, sequence => sequence.Last?.End ?? 0), NpgsqlDbType.Bigint),
            PostgresValue.Array(Array.ConvertAll(sequences, sequence => sequence.Last?.LastT), NpgsqlDbType.Double),
            PostgresValue.Array(Array.ConvertAll(sequences, sequence => sequence.IsChanged), NpgsqlDbType.Boolean),
        ];
        if (rows.Count > 0)
        {
            arguments.Add(PostgresValue.Array([.. rows.Select(row => row.Key.Stream)], NpgsqlDbType.Bigint));
            arguments.Add(PostgresValue.Array([.. rows.Select(row => row.Key.Number)], NpgsqlDbType.Integer));
            arguments.AddRange(SegmentArrays.Of(rows));
        }

        if (full.Length > 0)
        {
            arguments.Add(PostgresValue.Array(Array.ConvertAll(full, sequence => sequence.Key.Stream), NpgsqlDbType.Bigint));
            arguments.Add(PostgresValue.Array(Array.ConvertAll(full, sequence => sequence.Key.Number), NpgsqlDbType.Integer));
        }

        AddReceipts(arguments, group);
        int parts = (rows.Count > 0 ? 1 : 0) | (full.Length > 0 ? 2 : 0) | (group.Receipts.Count > 0 ? 4 : 0);
        session.Cancellation = CancellationToken.None;
        return session.CommandOf(s_texts[parts], [.. arguments]);
    }

    private static void AddReceipts(List<PostgresValue> arguments, AppendGroup group)
    {
        if (group.Receipts.Count == 0)
        {
            return;
        }

        Receipt[] receipts = [.. group.Receipts];
        arguments.Add(group.OldestReceipt);
        arguments.Add(PostgresValue.Array(Array.ConvertAll(receipts, receipt => receipt.DeviceId), NpgsqlDbType.Bigint));
        arguments.Add(PostgresValue.Array(Array.ConvertAll(receipts, receipt => receipt.Id), NpgsqlDbType.Text));
        arguments.Add(PostgresValue.Array(Array.ConvertAll(receipts, receipt => receipt.T), NpgsqlDbType.Double));
        arguments.Add(PostgresValue.Array(Array.ConvertAll(receipts, receipt => receipt.Count), NpgsqlDbType.Bigint));
        arguments.Add(PostgresValue.Array(Array.ConvertAll(receipts, receipt => receipt.Result), NpgsqlDbType.Text));
        arguments.Add(PostgresValue.Array(Array.ConvertAll(receipts, receipt => receipt.Content), NpgsqlDbType.Text));
    }

    private static string TextOf(bool hasRows, bool hasFullTails, bool hasReceipts)
    {
        int next = 9;
        string Unnest(params string[] types) => $"unnest({string.Join(", ", types.Select(type => $"${next++}::{type}[]"))})";

        string text = """
            WITH expected AS MATERIALIZED (
                SELECT * FROM unnest($3::bigint[], $4::integer[], $5::bigint[], $6::bigint[], $7::double precision[], $8::boolean[]) AS e (stream, sequence, version, count, newest_t, is_changed)
            ), held AS MATERIALIZED (
                SELECT s.stream FROM sequences s JOIN expected e ON s.stream = e.stream AND s.sequence = e.sequence AND s.version = e.version ORDER BY s.stream, s.sequence FOR NO KEY UPDATE OF s
            ), checked AS MATERIALIZED (
                SELECT (SELECT count(*) FROM held) = (SELECT count(*) FROM expected WHERE version <> 0)
                    AND NOT EXISTS (SELECT FROM expected e JOIN sequences s ON s.stream = e.stream AND s.sequence = e.sequence WHERE e.version = 0)
                    AND (SELECT tree_version FROM store) = $1 AS is_valid
            ), created AS (
                INSERT INTO sequences (stream, sequence, version, count, newest_t)
                SELECT stream, sequence, $2, count, newest_t FROM expected, checked WHERE is_valid AND is_changed AND version = 0 ORDER BY stream, sequence
            ), changed AS (
                UPDATE sequences s SET version = $2, count = e.count, newest_t = e.newest_t FROM expected e, checked
                WHERE is_valid AND is_changed AND e.version <> 0 AND s.stream = e.stream AND s.sequence = e.sequence
            )
            """;
        string afterTaking = "";
        string rows = "";
        if (hasRows)
        {
            string columns = $"stream, sequence, {SegmentColumns.All}";
            string source = Unnest("bigint", "integer", "boolean", "bigint", "integer", "double precision", "double precision", "bigint", "double precision", "double precision", "double precision", "double precision", "double precision", "bigint", "bigint", "bytea", "bigint", "text", "text", "bytea", "bytea", "bytea");
            afterTaking = hasFullTails ? " AND (SELECT count(*) FROM taken) >= 0" : "";
            rows = $"""
                , added AS MATERIALIZED (
                    SELECT * FROM {source} AS r (stream, sequence, is_sealed, {SegmentColumns.All})
                ), tailed AS (
                    INSERT INTO tail ({columns}) SELECT {columns} FROM added, checked WHERE is_valid AND NOT is_sealed{afterTaking}
                ), sealed AS (
                    INSERT INTO segments ({columns}) SELECT {columns} FROM added, checked WHERE is_valid AND is_sealed
                )
                """;
        }

        // The new tail can begin at the index of a row of the old one, so the old rows are deleted first.
        string taken = hasFullTails
            ? $"""
                , taken AS (
                    DELETE FROM tail t USING {Unnest("bigint", "integer")} AS f (stream, sequence), checked WHERE is_valid AND t.stream = f.stream AND t.sequence = f.sequence RETURNING 1
                )
                """
            : "";
        string receipts = hasReceipts
            ? $"""
                , forgotten AS (
                    DELETE FROM receipts WHERE (device_id, id) IN (SELECT device_id, id FROM receipts WHERE t < ${next++} ORDER BY t LIMIT 100 FOR UPDATE SKIP LOCKED)
                ), kept AS (
                    INSERT INTO receipts (device_id, id, t, count, target, content)
                    SELECT r.* FROM {Unnest("bigint", "text", "double precision", "bigint", "text", "text")} AS r, checked WHERE is_valid
                )
                """
            : "";
        return $"{text}{taken}{rows}{receipts} SELECT is_valid FROM checked";
    }
}
