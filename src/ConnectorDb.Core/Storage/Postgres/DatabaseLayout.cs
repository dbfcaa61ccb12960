using Npgsql;
using NpgsqlTypes;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>All tables are in one database. A group of appends is one statement.</summary>
internal sealed class DatabaseLayout : TableLayout
{
    public override bool HasNodes => false;

    /// <remarks>
    /// The statements join short lists with large tables, which the planner does not know: without these, a plan that was made for a small table reads all of a large one. The
    /// costs of these settings would also have each statement compiled (jit).
    /// </remarks>
    public override string WriterSettings(bool isPatient, int commandTimeout) => "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan; SET jit = off";

    public override long NodeOf(PostgresSession session, SequenceKey key) => 0;

    public override IEnumerable<long> SilentNodes(PostgresSession session, SequenceKey[] keys) => [];

    public override NpgsqlTransaction Begin(PostgresSession session, long lockTimeout) => session.Connection.BeginTransaction();

    public override void Lock(PostgresSession session, SequenceKey[] keys)
        => session.Run(
            "SELECT 1 FROM sequences s JOIN unnest($1::bigint[], $2::integer[]) AS k (stream, sequence) ON s.stream = k.stream AND s.sequence = k.sequence ORDER BY s.stream, s.sequence FOR NO KEY UPDATE OF s",
            Streams(keys), Numbers(keys));

    public override IEnumerable<SequenceKey> Unlocked(PostgresSession session, SequenceKey[] keys)
        => session.All(
            "SELECT s.stream, s.sequence FROM sequences s JOIN unnest($1::bigint[], $2::integer[]) AS k (stream, sequence) ON s.stream = k.stream AND s.sequence = k.sequence FOR NO KEY UPDATE OF s SKIP LOCKED",
            row => new SequenceKey(row.Integer(0), (int)row.Integer(1)),
            Streams(keys), Numbers(keys));

    public override void LockRemoved(PostgresSession session, string streams, long owner)
        => session.Run($"SELECT 1 FROM sequences WHERE stream IN ({streams}) ORDER BY stream, sequence FOR UPDATE", owner);

    public override async ValueTask<bool> StoreAsync(PostgresSession session, AppendGroup group, NpgsqlTransaction? transaction, long lockTimeout, bool isAsync)
    {
        await using NpgsqlCommand command = AppendStatement.Of(session, group);
        bool isStored = (bool)(isAsync ? await command.ExecuteScalarAsync().ConfigureAwait(false) : command.ExecuteScalar())!;
        if (isStored)
        {
            transaction?.Commit();
        }

        return isStored;
    }

    public override bool IsOfOtherNode(Exception error) => false;

    private static PostgresValue Streams(SequenceKey[] keys) => PostgresValue.Array(Array.ConvertAll(keys, key => key.Stream), NpgsqlDbType.Bigint);

    private static PostgresValue Numbers(SequenceKey[] keys) => PostgresValue.Array(Array.ConvertAll(keys, key => key.Number), NpgsqlDbType.Integer);
}
