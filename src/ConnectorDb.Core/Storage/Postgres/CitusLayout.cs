using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// The rows of a stream lie on one node of a Citus cluster. An append to one sequence is one call of <see cref="CitusAppend"/> without a transaction; any other group is a
/// transaction over its nodes.
/// </summary>
internal sealed class CitusLayout : TableLayout
{
    /// <summary>To delete old receipts takes all nodes, so it is done by each of the first appends of a process, and by every so many later ones.</summary>
    private const int FirstReceipts = 8;

    private const int ReceiptsBetween = 1024;

    /// <summary>How long the append of a group waits for another node, in milliseconds.</summary>
    private const double MostPatience = 10_000;

    /// <summary>How long a node may take for a row, in milliseconds.</summary>
    private const int ProbePatience = 1000;

    private long _kept;

    public override bool HasNodes => true;

    /// <remarks>
    /// Rows of the tree are removed with those that refer to them on all nodes, which Citus does over one connection to each. Settings of a transaction reach the other nodes, those of
    /// a session do not. A node that does not answer ends a statement after a part of the usual time where other work waits for it.
    /// </remarks>
    public override string WriterSettings(bool isPatient, int commandTimeout)
    {
        double patience = isPatient ? 0 : Math.Min(MostPatience, commandTimeout == 0 ? MostPatience : commandTimeout * 1000.0 / 3);
        return string.Create(CultureInfo.InvariantCulture, $"SET citus.multi_shard_modify_mode = 'sequential'; SET citus.propagate_set_commands = 'local'; SET statement_timeout = {(int)patience}");
    }

    public override long NodeOf(PostgresSession session, SequenceKey key)
        => session.Value<int>("SELECT groupid FROM pg_dist_placement WHERE shardid = get_shard_id_for_distribution_column($1::regclass, $2)", $"{PostgresSchema.Name}.{PostgresTable.Sequences}", key.Stream);

    public override IEnumerable<long> SilentNodes(PostgresSession session, SequenceKey[] keys)
    {
        session.Run($"SET statement_timeout = {ProbePatience}");
        foreach (IGrouping<long, SequenceKey> node in keys.GroupBy(key => NodeOf(session, key)))
        {
            bool isSilent = false;
            try
            {
                session.Run("SELECT 1 FROM sequences WHERE stream = $1", node.First().Stream);
            }
            catch (PostgresException error) when (IsSilence(error))
            {
                isSilent = true;
            }

            if (isSilent)
            {
                yield return node.Key;
            }
        }
    }

    public override NpgsqlTransaction Begin(PostgresSession session, long lockTimeout)
    {
        NpgsqlTransaction transaction = session.Connection.BeginTransaction();
        session.Run(string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = {lockTimeout}"));
        return transaction;
    }

    public override void Lock(PostgresSession session, SequenceKey[] keys)
    {
        foreach (SequenceKey key in keys)
        {
            session.Run("SELECT 1 FROM sequences WHERE stream = $1 AND sequence = $2 FOR NO KEY UPDATE", key.Stream, key.Number);
        }
    }

    public override IEnumerable<SequenceKey> Unlocked(PostgresSession session, SequenceKey[] keys)
        => keys.Where(key => session.All("SELECT 1 FROM sequences WHERE stream = $1 AND sequence = $2 FOR NO KEY UPDATE SKIP LOCKED", row => row.Integer(0), key.Stream, key.Number).Count > 0);

    /// <remarks>Citus locks the rows of one shard at a time only. To delete them, which comes first, takes them as well.</remarks>
    public override void LockRemoved(PostgresSession session, string streams, long owner)
    {
    }

    public override async ValueTask<bool> StoreAsync(PostgresSession session, AppendGroup group, NpgsqlTransaction? transaction, long lockTimeout, bool isAsync)
    {
        session.Cancellation = CancellationToken.None;
        await using NpgsqlBatch batch = BatchOf(session, group, lockTimeout);
        await using NpgsqlTransaction? own = transaction is null && batch.BatchCommands.Count > 1 ? session.Connection.BeginTransaction() : null;
        if (!(isAsync ? await AreTrueAsync(batch).ConfigureAwait(false) : AreTrue(batch)))
        {
            return false;
        }

        if ((transaction ?? own) is { } open)
        {
            await (isAsync ? open.CommitAsync() : CommitNow(open)).ConfigureAwait(false);
        }

        ForgetReceipts(session, group);
        return true;

        static Task CommitNow(NpgsqlTransaction open)
        {
            open.Commit();
            return Task.CompletedTask;
        }
    }

    public override bool IsOfOtherNode(Exception error) => error is PostgresException { Severity: "ERROR" } refused && PostgresFaults.IsOfNode(refused);

    /// <remarks>A node that passes on a statement, and stops waiting for the other one, does not tell if that one stored it.</remarks>
    public override bool IsUncertain(Exception error) => base.IsUncertain(error) || IsOfOtherNode(error) || error is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

    private static NpgsqlBatch BatchOf(PostgresSession session, AppendGroup group, long lockTimeout)
    {
        NpgsqlBatch batch = new(session.Connection);
        PendingSequence[] sequences = group.Sequences;
        foreach (PendingSequence sequence in sequences)
        {
            batch.BatchCommands.Add(CitusAppend.Of(group, sequence, lockTimeout));
        }

        if (sequences.Length == 0)
        {
            Add("SELECT tree_version = $1 FROM store", group.TreeVersion);
        }

        foreach (Receipt receipt in group.Receipts)
        {
            Add(
                "INSERT INTO receipts (device_id, id, t, count, target, content) VALUES ($1, $2, $3, $4, $5, $6)",
                receipt.DeviceId, receipt.Id, receipt.T, receipt.Count, receipt.Result, receipt.Content);
        }

        return batch;

        void Add(string sql, params ReadOnlySpan<PostgresValue> arguments)
        {
            NpgsqlBatchCommand command = new(sql);
            foreach (PostgresValue argument in arguments)
            {
                command.Parameters.Add(argument.ToParameter());
            }

            batch.BatchCommands.Add(command);
        }
    }

    /// <summary>Runs the statements; false if the result of one is false.</summary>
    private static bool AreTrue(NpgsqlBatch batch)
    {
        using NpgsqlDataReader reader = batch.ExecuteReader();
        bool areTrue = true;
        do
        {
            while (reader.Read())
            {
                areTrue &= reader.GetBoolean(0);
            }
        }
        while (reader.NextResult());
        return areTrue;
    }

    /// <inheritdoc cref="AreTrue"/>
    /// <remarks>The types of the driver would be in the type of the method's state, and load the driver wherever the types of this assembly are listed.</remarks>
    private static async ValueTask<bool> AreTrueAsync(DbBatch batch)
    {
        await using DbDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        bool areTrue = true;
        do
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                areTrue &= reader.GetBoolean(0);
            }
        }
        while (await reader.NextResultAsync().ConfigureAwait(false));
        return areTrue;
    }

    private void ForgetReceipts(PostgresSession session, AppendGroup group)
    {
        if (group.Receipts.Count == 0 || ++_kept > FirstReceipts && _kept % ReceiptsBetween != 0)
        {
            return;
        }

        try
        {
            session.Run("DELETE FROM receipts WHERE t < $1", group.OldestReceipt);
        }
        catch (PostgresException)
        {
            // A node is away. The group is stored, and old receipts do no harm.
        }
    }
}
