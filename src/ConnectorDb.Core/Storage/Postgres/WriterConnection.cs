using System.Globalization;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The connection that writes. It is opened again after it broke.</summary>
/// <param name="source">The pool.</param>
/// <param name="layout">How the tables lie.</param>
/// <param name="location">The address for messages.</param>
/// <param name="patience">How long a statement waits for rows that others lock; null for a little less than the time after which a statement fails.</param>
internal sealed class WriterConnection(NpgsqlDataSource source, TableLayout layout, string location, TimeSpan? patience) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private PostgresSession? _session;
    private volatile string? _warning;

    public string Location { get; } = location;

    /// <summary>True when the connection ended without being closed here.</summary>
    public bool IsBroken => _session is { Connection.FullState: not System.Data.ConnectionState.Open };

    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async ValueTask<PostgresSession> OpenAsync(bool isAsync)
    {
        if (_session is { Connection.FullState: System.Data.ConnectionState.Open } open)
        {
            open.Cancellation = CancellationToken.None;
            return open;
        }

        Discard();
        NpgsqlConnection connection = source.CreateConnection();
        connection.Notice += (_, notice) => _warning = IsWarning(notice.Notice) ? notice.Notice.MessageText : _warning;
        _session = new PostgresSession(connection);
        try
        {
            if (isAsync)
            {
                // Not OpenConnectionAsync, whose result would be a part of this method's state: to list the types of the assembly would load the driver.
                await connection.OpenAsync().ConfigureAwait(false);
            }
            else
            {
                connection.Open();
            }

            _session.Run(string.Create(CultureInfo.InvariantCulture, $"{layout.WriterSettings(patience is null, connection.CommandTimeout)}; SET lock_timeout = {LockTimeout}"));
            return _session;
        }
        catch
        {
            Discard();
            throw;
        }
    }

    /// <summary>Opens the connection again as soon as the server answers; null if it does not within ten seconds.</summary>
    public async ValueTask<PostgresSession?> ReopenAsync(bool isAsync)
    {
        long start = Environment.TickCount64;
        while (Environment.TickCount64 - start < s_patience.TotalMilliseconds)
        {
            try
            {
                return await OpenAsync(isAsync).ConfigureAwait(false);
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                await Task.Delay(s_pause).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>To be called after each commit.</summary>
    /// <exception cref="StoreException">The database stopped waiting for its synchronous standby, which it reports as a success with a warning.</exception>
    public void ThrowIfNotReplicated()
    {
        if (_warning is { } warning)
        {
            _warning = null;

            // The standby may have been promoted while this primary still runs; new connections compare them.
            source.Clear();
            throw PostgresFaults.NotReplicated(Location, warning);
        }
    }

    /// <summary>Closes the connection, because its state is not known.</summary>
    public void Discard()
    {
        _session?.Dispose();
        _session = null;
        _warning = null;
    }

    public void Dispose() => Discard();

    /// <summary>The longest wait for a lock in milliseconds, 0 for any. PostgreSQL then names the lock in its error, which a statement that fails after its time does not.</summary>
    public long LockTimeout { get; } = (long)(patience?.TotalMilliseconds ?? new NpgsqlConnectionStringBuilder(source.ConnectionString).CommandTimeout switch { 0 => 0, var seconds => Math.Max(1000, (seconds - 5) * 1000L) });

    private static bool IsWarning(PostgresNotice notice)
        => notice is { InvariantSeverity: "WARNING", SqlState: PostgresErrorCodes.Warning or PostgresErrorCodes.AdminShutdown };
}
