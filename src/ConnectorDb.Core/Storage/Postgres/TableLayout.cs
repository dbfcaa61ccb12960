using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>How the tables lie: all in one database, or distributed over the nodes of a cluster. The statements that lock and append depend on it.</summary>
internal abstract class TableLayout
{
    /// <summary>True when a statement can need another node than that of its connection.</summary>
    public abstract bool HasNodes { get; }

    /// <summary>The settings of connections that write.</summary>
    /// <param name="isPatient">False if other work waits for the statements of the connection.</param>
    /// <param name="commandTimeout">The longest time of a statement in seconds; 0 for any.</param>
    public abstract string WriterSettings(bool isPatient, int commandTimeout);

    /// <summary>The node with the rows of a sequence.</summary>
    public abstract long NodeOf(PostgresSession session, SequenceKey key);

    /// <summary>The nodes with rows of the keys that do not answer.</summary>
    public abstract IEnumerable<long> SilentNodes(PostgresSession session, SequenceKey[] keys);

    /// <summary>Begins a transaction.</summary>
    /// <param name="lockTimeout">How long statements of the session wait for locks, in milliseconds; 0 for any time.</param>
    public abstract NpgsqlTransaction Begin(PostgresSession session, long lockTimeout);

    /// <summary>Takes the rows of sequences, in the order of the keys.</summary>
    public abstract void Lock(PostgresSession session, SequenceKey[] keys);

    /// <summary>The sequences among the keys whose rows no other program keeps locked.</summary>
    public abstract IEnumerable<SequenceKey> Unlocked(PostgresSession session, SequenceKey[] keys);

    /// <summary>Takes the rows of the sequences of streams that are removed.</summary>
    /// <param name="streams">A query of their ids, with a parameter.</param>
    public abstract void LockRemoved(PostgresSession session, string streams, long owner);

    /// <summary>Stores the appends of a group; false, and nothing is stored, if a version is another one meanwhile.</summary>
    /// <param name="transaction">The transaction that holds the rows already; null for one of its own.</param>
    /// <param name="lockTimeout">As of <see cref="Begin"/>.</param>
    public abstract ValueTask<bool> StoreAsync(PostgresSession session, AppendGroup group, NpgsqlTransaction? transaction, long lockTimeout, bool isAsync);

    /// <summary>True for an error of a connection between two nodes of a cluster, which breaks none of ours.</summary>
    public abstract bool IsOfOtherNode(Exception error);

    /// <summary>True for the error of a statement for which another node did not answer in time.</summary>
    public bool IsSilence(Exception error) => HasNodes && error is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled };

    /// <summary>True for an error after which the statement may have been stored.</summary>
    public virtual bool IsUncertain(Exception error) => error is not PostgresException { Severity: "ERROR" };

    /// <summary>The layout of the store of a session.</summary>
    public static TableLayout Of(PostgresSession session) => CitusCluster.IsDistributed(session) ? new CitusLayout() : new DatabaseLayout();
}
