using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>An advisory lock of a connection, which PostgreSQL releases when the connection or its process ends.</summary>
internal sealed class AdvisoryLease : IStoreLease
{
    /// <summary>Tells our locks from those of other programs: "CDBL".</summary>
    private const int Locks = 0x4344424C;

    /// <summary>The server ends the connection of a machine that vanished after six seconds, instead of two hours.</summary>
    private const string Settings = "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3";

    private readonly PostgresSession _session;

    private AdvisoryLease(PostgresSession session) => _session = session;

    /// <summary>Null while another process has the role.</summary>
    public static AdvisoryLease? TryTake(NpgsqlDataSource source, string role)
    {
        PostgresSession session = new(source.OpenConnection());
        try
        {
            session.Run(Settings);
            if (session.Value<bool>("SELECT pg_try_advisory_lock($1, hashtext($2))", Locks, role))
            {
                return new AdvisoryLease(session);
            }
        }
        catch
        {
            session.Dispose();
            throw;
        }

        session.Dispose();
        return null;
    }

    public bool Confirm()
    {
        try
        {
            return _session.Value<int>("SELECT 1") == 1;
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <remarks>The pool resets a connection when it is used again, which may be never; until then the lock would stay.</remarks>
    public void Dispose()
    {
        try
        {
            _session.Run("SELECT pg_advisory_unlock_all()");
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken, and the lock released.
        }

        _session.Dispose();
    }
}
