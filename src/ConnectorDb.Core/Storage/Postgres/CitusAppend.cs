using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;
using Npgsql;
using NpgsqlTypes;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// The function that appends to one sequence, if its version and that of the tree are those that the caller saw. A cluster runs it on the node with the rows of its
/// stream, in one round trip.
/// </summary>
/// <remarks>
/// Outside of a transaction, what it did before it returns false stays; so it checks everything before it changes anything, and the change of the sequence is the last check.
/// Its statements have the stream as a constant and one row each, which Citus plans without a search for shards.
/// </remarks>
internal static class CitusAppend
{
    private static readonly (string Name, string Type)[] s_arguments =
    [
        ("stream", "bigint"), ("sequence", "integer"), ("tree_version", "bigint"), ("seen", "bigint"), ("version", "bigint"), ("count", "bigint"), ("newest_t", "double precision"),
        ("is_changed", "boolean"), ("drops_tail", "boolean"), ("lock_timeout", "text"),
    ];

    private static readonly (string Name, string Type)[] s_columns =
    [
        ("is_sealed", "boolean"), ("start", "bigint"), ("count", "integer"), ("first_t", "double precision"), ("last_t", "double precision"), ("number_count", "bigint"),
        ("number_sum", "double precision"), ("number_rest", "double precision"), ("number_min", "double precision"), ("number_max", "double precision"), ("running_sum", "double precision"),
        ("tail_start", "bigint"), ("tail_weight", "bigint"), ("members", "bytea"), ("checksum", "bigint"), ("time_codec", "text"), ("value_codec", "text"), ("times", "bytea"),
        ("origins", "bytea"), ("content", "bytea"),
    ];

    private static readonly string s_call = $"SELECT connectordb.append({string.Join(", ", Enumerable.Range(1, s_arguments.Length + s_columns.Length).Select(i => $"${i}"))})";

    /// <summary>Creates the function on all nodes.</summary>
    public static void Create(PostgresSession session)
    {
        session.Run(Definition());
        session.Run(
            "SELECT create_distributed_function($1::regprocedure, 'p_stream', colocate_with => $2, force_delegation => true)",
            $"connectordb.append({string.Join(", ", s_arguments.Select(argument => argument.Type).Concat(s_columns.Select(column => column.Type + "[]")))})", $"connectordb.{PostgresTable.Sequences}");
    }

    /// <summary>The call that stores the appends to a sequence; its result is false if a version is another one.</summary>
    /// <param name="lockTimeout">How long it waits for the row, in milliseconds; 0 for any time.</param>
    public static NpgsqlBatchCommand Of(AppendGroup group, PendingSequence sequence, long lockTimeout)
    {
        NpgsqlBatchCommand command = new(s_call);
        Add(command, sequence.Key.Stream);
        Add(command, sequence.Key.Number);
        Add(command, group.TreeVersion);
        Add(command, sequence.Head.Version);
        Add(command, group.Version);
        Add(command, sequence.Last?.End ?? 0);
        Add(command, sequence.Last?.LastT);
        Add(command, sequence.IsChanged);
        Add(command, sequence.DropsTail);
        Add(command, lockTimeout.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (PostgresValue column in SegmentArrays.Of(sequence.Segments))
        {
            Add(command, column);
        }

        return command;
    }

    public static void Add(NpgsqlBatchCommand command, PostgresValue argument) => command.Parameters.Add(argument.ToParameter());

    private static string Definition()
    {
        string arguments = string.Join(", ", s_arguments.Select(argument => $"p_{argument.Name} {argument.Type}").Concat(s_columns.Select(column => $"p_rows_{column.Name} {column.Type}[]")));
        string names = string.Join(", ", s_columns.Skip(1).Select(column => column.Name));
        string values = string.Join(", ", s_columns.Skip(1).Select(column => $"r.{column.Name}"));
        string arrays = string.Join(", ", s_columns.Select(column => $"p_rows_{column.Name}"));
        string insert = $"(stream, sequence, {names}) VALUES (p_stream, p_sequence, {values})";
        return $"""
            CREATE FUNCTION connectordb.append({arguments}) RETURNS boolean LANGUAGE plpgsql AS $$
            DECLARE
                r record;
            BEGIN
                PERFORM set_config('lock_timeout', p_lock_timeout, true);
                IF (SELECT tree_version FROM connectordb.store) <> p_tree_version THEN
                    RETURN false;
                END IF;
                IF p_seen = 0 AND p_is_changed THEN
                    INSERT INTO connectordb.sequences (stream, sequence, version, count, newest_t) VALUES (p_stream, p_sequence, p_version, p_count, p_newest_t);
                ELSE
                    IF p_is_changed THEN
                        UPDATE connectordb.sequences SET version = p_version, count = p_count, newest_t = p_newest_t WHERE stream = p_stream AND sequence = p_sequence AND version = p_seen;
                    ELSE
                        PERFORM FROM connectordb.sequences WHERE stream = p_stream AND sequence = p_sequence AND (version = p_seen OR p_seen = 0) FOR NO KEY UPDATE;
                    END IF;
                    IF FOUND <> (p_seen <> 0) THEN
                        RETURN false;
                    END IF;
                END IF;
                IF p_drops_tail THEN
                    DELETE FROM connectordb.tail WHERE stream = p_stream AND sequence = p_sequence;
                END IF;
                FOR r IN SELECT * FROM unnest({arrays}) AS a ({string.Join(", ", s_columns.Select(column => column.Name))}) LOOP
                    IF r.is_sealed THEN
                        INSERT INTO connectordb.segments {insert};
                    ELSE
                        INSERT INTO connectordb.tail {insert};
                    END IF;
                END LOOP;
                RETURN true;
            END $$
            """;
    }
}
