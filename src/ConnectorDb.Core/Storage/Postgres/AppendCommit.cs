using ConnectorDb.Core.Files;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>Runs the work of groups of writers, and stores it: appends together with one statement, everything else each in a transaction with locks.</summary>
/// <param name="connection">The writing connection.</param>
/// <param name="layout">How the tables lie.</param>
/// <param name="held">The sequences that others keep locked, whose work fails with <see cref="HeldSequenceException"/>; null to wait for them.</param>
/// <param name="committed">Called after each commit.</param>
internal sealed class AppendCommit(WriterConnection connection, TableLayout layout, HeldSequences? held, Action committed) : IGroupCommit<IStoreWriter>
{
    private const int MaxGroup = 1000;

    /// <summary>After so many attempts the rows of the sequences are locked before the work runs, so that servers that write to the same stream take turns.</summary>
    private const int MaxOptimistic = 2;

    private const int MaxAttempts = 20;
    private readonly SequenceHeads _heads = new();

    public async ValueTask<Exception?[]> RunAsync(List<WriteRequest<IStoreWriter>> requests, Func<WriteRequest<IStoreWriter>[]> takeWaiting, bool isAsync)
    {
        try
        {
            Exception?[] failures = await StoreAsync(requests, takeWaiting, isAsync).ConfigureAwait(false);
            for (int i = 0; i < failures.Length; i++)
            {
                if (failures[i] is LockRequiredException)
                {
                    // A change of the tree takes all nodes of a cluster, of which one may not answer, so it must not delay others.
                    failures[i] = layout.HasNodes && held is not null ? new HeldSequenceException() : await StoreLockedAsync(requests[i], isAsync).ConfigureAwait(false);
                }
            }

            return failures;
        }
        catch (Exception error) when (IsHeld(error))
        {
            // A whole table is locked.
            _heads.Forget();
            return [.. requests.Select(_ => new HeldSequenceException())];
        }
        catch (Exception error)
        {
            // The connection and the cached ends may be wrong, so the next group begins without them.
            connection.Discard();
            _heads.Forget();
            StoreException described = PostgresFaults.Describe(error, connection.Location);
            return [.. requests.Select(_ => described)];
        }
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Stores the appends of requests. Returns the error of each, or null; <see cref="LockRequiredException"/> for other work.</summary>
    /// <param name="takeWaiting">Null if no other requests may join.</param>
    private async ValueTask<Exception?[]> StoreAsync(List<WriteRequest<IStoreWriter>> requests, Func<WriteRequest<IStoreWriter>[]>? takeWaiting, bool isAsync)
    {
        SequenceKey[] contended = [];
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            PostgresSession session = await connection.OpenAsync(isAsync).ConfigureAwait(false);
            await using NpgsqlTransaction? transaction = attempt > MaxOptimistic && contended.Length > 0 ? Lock(session, contended) : null;
            AppendGroup group;
            Exception?[] failures;
            try
            {
                group = new AppendGroup(session, layout, _heads, held, connection.Location);
                failures = RunWork(group, requests, attempt == 1 ? takeWaiting : null, attempt > 1 && transaction is null);
            }
            catch (NpgsqlException error) when (attempt == 1 && (connection.IsBroken || layout.IsOfOtherNode(error)))
            {
                // The connection broke while it was idle, for example by a restart of the server, or one between two nodes did. Nothing was stored yet.
                _heads.Forget();
                continue;
            }

            try
            {
                if (Array.TrueForAll(failures, failure => failure is LockRequiredException or HeldSequenceException) || await TryStoreAsync(session, group, transaction, isAsync).ConfigureAwait(false))
                {
                    return failures;
                }
            }
            catch (PostgresException error) when (requests.Count > 1 || IsHeld(error) || (attempt == 1 && layout.IsOfOtherNode(error)))
            {
                if (attempt == 1 && layout.IsOfOtherNode(error))
                {
                    // The connection between two nodes may have been idle while one was started again.
                    _heads.Forget();
                    continue;
                }

                // One of the requests is the cause, so each is stored alone; one that waits for a lock leaves the queue.
                if (IsHeld(error))
                {
                    transaction?.Rollback();
                    SequenceKey[] keys = Array.ConvertAll(group.Sequences, sequence => sequence.Key);
                    held!.Add(keys, layout.Unlocked(session, keys));
                }

                if (requests.Count > 1)
                {
                    break;
                }

                return [new HeldSequenceException()];
            }

            contended = Array.ConvertAll(group.Sequences, sequence => sequence.Key);
            group.ForgetHeads();
        }

        return requests.Count > 1 ? await StoreEachAsync(requests, isAsync).ConfigureAwait(false) : throw PostgresFaults.Contended(connection.Location);
    }

    private async ValueTask<Exception?[]> StoreEachAsync(List<WriteRequest<IStoreWriter>> requests, bool isAsync)
    {
        Exception?[] failures = new Exception?[requests.Count];
        for (int i = 0; i < failures.Length; i++)
        {
            _heads.Forget();
            try
            {
                failures[i] = (await StoreAsync([requests[i]], takeWaiting: null, isAsync).ConfigureAwait(false))[0];
            }
            catch (Exception error)
            {
                // The requests before it may be stored, so only this one fails.
                if (IsHeld(error))
                {
                    failures[i] = new HeldSequenceException();
                    continue;
                }

                if (error is not (PostgresException or StoreException))
                {
                    connection.Discard();
                }

                failures[i] = PostgresFaults.Describe(error, connection.Location);
            }
        }

        return failures;
    }

    /// <summary>Begins a transaction that holds the rows of sequences, in their order.</summary>
    private NpgsqlTransaction Lock(PostgresSession session, SequenceKey[] keys)
    {
        NpgsqlTransaction transaction = layout.Begin(session, connection.LockTimeout);
        layout.Lock(session, keys);
        return transaction;
    }

    /// <summary>Runs the work of all requests, and of those that arrive meanwhile, which need not wait for another commit then.</summary>
    /// <param name="isolates">An error of another node of a cluster is one of its request, and not of all.</param>
    private Exception?[] RunWork(AppendGroup group, List<WriteRequest<IStoreWriter>> requests, Func<WriteRequest<IStoreWriter>[]>? takeWaiting, bool isolates)
    {
        List<Exception?> failures = [];
        while (failures.Count < requests.Count)
        {
            WriteRequest<IStoreWriter> request = requests[failures.Count];
            group.Begin(request.Cancellation);
            try
            {
                request.Run(group);
                failures.Add(null);
            }
            catch (Exception error) when (error is not NpgsqlException)
            {
                group.Undo();
                failures.Add(error);
            }
            catch (PostgresException error) when (isolates && layout.IsOfOtherNode(error))
            {
                group.Undo();
                failures.Add(PostgresFaults.Describe(error, connection.Location));
            }

            if (takeWaiting is not null && failures.Count == requests.Count && requests.Count < MaxGroup)
            {
                requests.AddRange(takeWaiting());
            }
        }

        return [.. failures];
    }

    /// <summary>Stores the appends of a group; false if another server has changed a sequence or the tree meanwhile.</summary>
    /// <exception cref="PostgresException">The database refused them.</exception>
    private async ValueTask<bool> TryStoreAsync(PostgresSession session, AppendGroup group, NpgsqlTransaction? transaction, bool isAsync)
    {
        try
        {
            if (!await layout.StoreAsync(session, group, transaction, connection.LockTimeout, isAsync).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (PostgresException error) when (PostgresFaults.IsConflict(error))
        {
            return false;
        }
        catch (Exception error) when (layout.IsUncertain(error))
        {
            connection.Discard();
            if (held is not null && layout.IsSilence(error))
            {
                await HoldSilentAsync(group, isAsync).ConfigureAwait(false);
                throw PostgresFaults.Unknown(connection.Location, error);
            }

            if (!await IsStoredAsync(group, error, isAsync).ConfigureAwait(false))
            {
                if (layout.IsOfOtherNode(error))
                {
                    throw;
                }

                return false;
            }

            session = await connection.OpenAsync(isAsync).ConfigureAwait(false);
        }

        if (group.HasFoundReceipt)
        {
            // The commit of an empty transaction waits for the standby, too.
            session.Value<string>("SELECT pg_current_xact_id()::text");
        }

        connection.ThrowIfNotReplicated();
        group.KeepHeads();
        committed();
        return true;
    }

    /// <summary>Finds out which nodes of a group do not answer, so that later work for them does not delay that for others.</summary>
    private async ValueTask HoldSilentAsync(AppendGroup group, bool isAsync)
    {
        PostgresSession session = await connection.OpenAsync(isAsync).ConfigureAwait(false);
        foreach (long node in layout.SilentNodes(session, Array.ConvertAll(group.Sequences, sequence => sequence.Key)))
        {
            held!.AddNode(node);
        }

        connection.Discard();
    }

    /// <summary>Finds out after a broken connection whether the group was stored, from the versions of its sequences.</summary>
    /// <exception cref="StoreException">It cannot be known.</exception>
    private async ValueTask<bool> IsStoredAsync(AppendGroup group, Exception cause, bool isAsync)
    {
        if (Array.Find(group.Sequences, sequence => sequence is { IsChanged: true, Head.Version: not 0 }) is not { } changed)
        {
            throw PostgresFaults.Unknown(connection.Location, cause);
        }

        // The old connection may still be storing; it holds the row then.
        PostgresSession session = await connection.ReopenAsync(isAsync).ConfigureAwait(false) ?? throw PostgresFaults.Unknown(connection.Location, cause);
        List<long> versions;
        try
        {
            await using NpgsqlTransaction transaction = layout.Begin(session, 0);
            session.Run("SET LOCAL lock_timeout = 0");
            versions = session.All("SELECT version FROM sequences WHERE stream = $1 AND sequence = $2 FOR NO KEY UPDATE", row => row.Integer(0), changed.Key.Stream, changed.Key.Number);

            // The commit waits for a standby that did not have the group yet when the connection broke.
            transaction.Commit();
        }
        catch (NpgsqlException error)
        {
            throw PostgresFaults.Unknown(connection.Location, error);
        }

        return versions is [var version] && version == group.Version
            || (versions is [var same] && same == changed.Head.Version ? false : throw PostgresFaults.Unknown(connection.Location, cause));
    }

    /// <summary>Stores the work of a request in a transaction with locks. Returns its error, or null.</summary>
    private async ValueTask<Exception?> StoreLockedAsync(WriteRequest<IStoreWriter> request, bool isAsync)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                PostgresSession session = await connection.OpenAsync(isAsync).ConfigureAwait(false);
                await using NpgsqlTransaction transaction = layout.Begin(session, connection.LockTimeout);
                session.Cancellation = request.Cancellation;
                LockedWriter writer = new(session, layout, Random.Shared.NextInt64(1, long.MaxValue), connection.Location);
                request.Run(writer);
                session.Cancellation.ThrowIfCancellationRequested();
                Commit(transaction);
                _heads.TreeVersion = null;
                foreach (SequenceKey key in writer.UsedSequences)
                {
                    _heads.Forget(key);
                }

                committed();
                return null;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected && attempt < MaxAttempts)
            {
                // The other transaction was stored, so the next attempt does not wait for it.
            }
            catch (NpgsqlException error) when (attempt == 1 && (connection.IsBroken || layout.IsOfOtherNode(error)))
            {
                // A commit that fails throws another exception, so nothing was stored.
                _heads.Forget();
            }
            catch (PostgresException error) when (IsHeld(error))
            {
                return new HeldSequenceException();
            }
            catch (Exception error)
            {
                return error is NpgsqlException ? PostgresFaults.Describe(error, connection.Location) : error;
            }
        }
    }

    /// <summary>True when others keep a row locked, and the work can wait for it elsewhere. Nothing of it was stored.</summary>
    private bool IsHeld(Exception error) => held is not null && error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    private void Commit(NpgsqlTransaction transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (Exception error) when (layout.IsUncertain(error))
        {
            connection.Discard();
            throw PostgresFaults.Unknown(connection.Location, error);
        }

        connection.ThrowIfNotReplicated();
    }
}
