using System.Data;
using ConnectorDb.Core.Files;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>A store in a PostgreSQL database, which several servers can have open at once. See docs/design/100-postgresql.md.</summary>
public sealed class PostgresStore : IStore, ITransferMark
{
    /// <summary>After this time, work that waits for a row which another program locks leaves the queue. Servers that write the same stream hold its row for milliseconds.</summary>
    private static readonly TimeSpan s_lockPatience = TimeSpan.FromMilliseconds(500);

    private const int OtherConnections = 6;

    /// <summary>Each read holds a thread.</summary>
    private const int MostReaders = 20;

    private readonly NpgsqlDataSource _source;

    /// <summary>The pool for locks and notices, which all servers share: that of the coordinator of a cluster, otherwise the same.</summary>
    private readonly NpgsqlDataSource _common;

    private readonly WriteQueue<IStoreWriter> _writes;
    private readonly WriteQueue<IStoreWriter> _patientWrites;
    private readonly HeldSequences _held = new();
    private readonly ChangeNotice _notice;
    private readonly ChangeListener _listener;
    private volatile bool _isClosed;

    private PostgresStore(NpgsqlDataSource source, NpgsqlDataSource common, TableLayout layout, string location)
    {
        _source = source;
        _common = common;
        Location = location;
        _notice = new ChangeNotice(common);
        _listener = new ChangeListener(common);
        _writes = Queue(s_lockPatience, _held);
        _patientWrites = Queue(null, null);

        WriteQueue<IStoreWriter> Queue(TimeSpan? patience, HeldSequences? held)
            => new(new AppendCommit(new WriterConnection(source, layout, location, patience), layout, held, _notice.Note), () => PostgresFaults.Closed(location));
    }

    public string Location { get; }

    public Guid Id { get; private init; }

    public bool IsNew { get; private init; }

    /// <summary>The number of reads at once that leaves connections of the pool to the two writers, the notices, their listener and a lease.</summary>
    internal static int CountReaders(string address) => Math.Clamp(PostgresAddress.Parse(address).PoolSize - OtherConnections, 1, MostReaders);

    /// <summary>Opens the store; creates its tables in an empty database.</summary>
    /// <exception cref="StoreException">It cannot be opened; the message says why.</exception>
    public static PostgresStore Open(PostgresStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        PostgresAddress address = PostgresAddress.Parse(options.Address);
        NpgsqlDataSource source = address.CreateSource();
        NpgsqlDataSource common = source;
        try
        {
            using PostgresSession session = new(source.OpenConnection());
            if (session.Connection.PostgreSqlVersion.Major < PostgresSchema.OldestServer)
            {
                throw PostgresFaults.OldServer(address.Location, session.Connection.PostgreSqlVersion);
            }

            if (session.Value<bool>("SELECT pg_is_in_recovery()"))
            {
                throw PostgresFaults.Standby(address.Location);
            }

            if (CitusCluster.OtherCoordinator(session, address.Location) is var (host, port))
            {
                common = address.CreateSource(host, port);
            }

            bool isNew;
            if (common == source)
            {
                isNew = PostgresSchema.Prepare(session, address.Location, options.MustExist, options.TakesPart);
            }
            else
            {
                using PostgresSession coordinator = new(common.OpenConnection());
                isNew = PostgresSchema.Prepare(coordinator, address.Location, options.MustExist, options.TakesPart);
            }

            return new PostgresStore(source, common, TableLayout.Of(session), address.Location) { Id = PostgresSchema.ReadId(session), IsNew = isNew };
        }
        catch (CdbException)
        {
            Close();
            throw;
        }
        catch (Exception error)
        {
            Close();
            throw PostgresFaults.Describe(error, address.Location);
        }

        void Close()
        {
            source.Dispose();
            common.Dispose();
        }
    }

    void ITransferMark.Set(string source) => MarkPart(true);

    void ITransferMark.Remove() => MarkPart(false);

    private void MarkPart(bool isPart)
    {
        try
        {
            using PostgresSession session = new(_source.OpenConnection());
            PostgresSchema.MarkPart(session, isPart);
        }
        catch (NpgsqlException error)
        {
            throw PostgresFaults.Describe(error, Location);
        }
    }

    public T Read<T>(Func<IStoreReader, T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        cancellation.ThrowIfCancellationRequested();
        ThrowIfClosed();
        try
        {
            while (true)
            {
                using PostgresSession session = new(_source.OpenConnection()) { Cancellation = cancellation };
                try
                {
                    using NpgsqlTransaction transaction = session.Connection.BeginTransaction(IsolationLevel.RepeatableRead);
                    T result = work(new PostgresReader(session, new SegmentRows(session), Location));
                    transaction.Commit();
                    return result;
                }
                catch (NpgsqlException) when (session is { HasRead: false, Connection.FullState: not ConnectionState.Open } && !cancellation.IsCancellationRequested)
                {
                    // An idle connection of the pool was broken, for example by a restart of the server. The others are, too.
                    _source.Clear();
                }
            }
        }
        catch (NpgsqlException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw PostgresFaults.Describe(error, Location);
        }
    }

    public T Write<T>(Func<IStoreWriter, T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return _writes.Run(work, cancellation);
        }
        catch (HeldSequenceException)
        {
            _held.Enter();
            try
            {
                return _patientWrites.Run(work, cancellation);
            }
            finally
            {
                _held.Leave();
            }
        }
    }

    public async ValueTask<T> WriteAsync<T>(Func<IStoreWriter, T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await _writes.RunAsync(work, cancellation).ConfigureAwait(false);
        }
        catch (HeldSequenceException)
        {
            _held.Enter();
            try
            {
                return await _patientWrites.RunAsync(work, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _held.Leave();
            }
        }
    }

    public IStoreLease? TryHold(string role)
    {
        ThrowIfClosed();
        try
        {
            return AdvisoryLease.TryTake(_common, role);
        }
        catch (NpgsqlException error)
        {
            throw PostgresFaults.Describe(error, Location);
        }
    }

    public IDisposable Watch(Action changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        ThrowIfClosed();
        try
        {
            return _listener.Add(changed);
        }
        catch (NpgsqlException error)
        {
            throw PostgresFaults.Describe(error, Location);
        }
    }

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _writes.Dispose();
        _patientWrites.Dispose();
        _notice.Dispose();
        _listener.Dispose();
        _source.Dispose();
        _common.Dispose();
    }

    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw PostgresFaults.Closed(Location);
        }
    }
}
