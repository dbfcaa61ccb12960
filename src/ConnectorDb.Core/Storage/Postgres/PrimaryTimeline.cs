using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>Refuses connections to a primary that was replaced: a promotion begins a new timeline, so of several primaries the one with the highest is the newest.</summary>
/// <param name="settings">The settings of the connections, with several hosts.</param>
/// <param name="location">The address, for messages.</param>
/// <remarks>The nodes of a cluster are different database systems, whose timelines have nothing to do with each other. An old primary that is started again accepts writes, which would be lost when it is made a standby.</remarks>
internal sealed class PrimaryTimeline(NpgsqlConnectionStringBuilder settings, string location)
{
    /// <summary>A host that does not answer in this time cannot be compared.</summary>
    private const int PatienceSeconds = 1;

    /// <summary>Zero for a standby, which is refused by the driver.</summary>
    private const string Query = "SELECT system_identifier, CASE WHEN pg_is_in_recovery() THEN 0 ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer END FROM pg_control_system()";

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly string[] _hosts = settings.Host!.Split(',', StringSplitOptions.TrimEntries);
    private readonly ConcurrentDictionary<long, int> _newest = [];
    private long _compared = long.MinValue;

    /// <summary>Checks a new connection.</summary>
    /// <exception cref="StoreException">Another host has a newer timeline.</exception>
    public void Check(NpgsqlConnection connection)
    {
        (long system, int timeline) = Read(connection);
        long now = Environment.TickCount64;
        if (IsDue(timeline, now))
        {
            Array.ForEach(_hosts, host => Note(TryRead(host)));
            Interlocked.Exchange(ref _compared, now);
        }

        Note((system, timeline));
        ThrowIfOld(system, timeline, connection);
    }

    /// <inheritdoc cref="Check"/>
    public async Task CheckAsync(NpgsqlConnection connection)
    {
        (long system, int timeline) = await ReadAsync(connection).ConfigureAwait(false);
        long now = Environment.TickCount64;
        if (IsDue(timeline, now))
        {
            foreach ((long, int) other in await Task.WhenAll(_hosts.Select(TryReadAsync)).ConfigureAwait(false))
            {
                Note(other);
            }

            Interlocked.Exchange(ref _compared, now);
        }

        Note((system, timeline));
        ThrowIfOld(system, timeline, connection);
    }

    private static (long System, int Timeline) Read(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new(Query, connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        return reader.Read() ? Of(reader) : default;
    }

    // The types of the driver would be in the type of the method's state, and load the driver wherever the types of this assembly are listed.
    private static async Task<(long System, int Timeline)> ReadAsync(DbConnection connection)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = Query;
        await using DbDataReader reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false) ? Of(reader) : default;
    }

    private (long System, int Timeline) TryRead(string host)
    {
        try
        {
            using NpgsqlConnection connection = new(AddressOf(host));
            connection.Open();
            return Read(connection);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return default;
        }
    }

    private async Task<(long System, int Timeline)> TryReadAsync(string host)
    {
        try
        {
            await using NpgsqlConnection connection = new(AddressOf(host));
            await connection.OpenAsync().ConfigureAwait(false);
            return await ReadAsync(connection).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return default;
        }
    }

    private string AddressOf(string host)
    {
        NpgsqlConnectionStringBuilder one = new(settings.ConnectionString) { Host = host, Pooling = false, Timeout = PatienceSeconds, CommandTimeout = PatienceSeconds };
        if (host.LastIndexOf(':') is >= 0 and var colon && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            (one.Host, one.Port) = (host[..colon], port);
        }

        return one.ConnectionString;
    }

    /// <summary>True when the other hosts are to be asked again: none has ended asking them shortly before. A connection that is opened meanwhile asks them itself, because it may be to the old one.</summary>
    private bool IsDue(int timeline, long now)
    {
        long compared = Interlocked.Read(ref _compared);
        return timeline > 0 && (compared == long.MinValue || now - compared >= s_period.TotalMilliseconds);
    }

    private static (long System, int Timeline) Of(DbDataReader reader) => (reader.GetInt64(0), reader.GetInt32(1));

    private void Note((long System, int Timeline) found) => _newest.AddOrUpdate(found.System, found.Timeline, (_, newest) => Math.Max(newest, found.Timeline));

    private void ThrowIfOld(long system, int timeline, NpgsqlConnection connection)
    {
        int newest = _newest[system];
        if (timeline > 0 && timeline < newest)
        {
            throw PostgresFaults.OldPrimary(location, string.Create(CultureInfo.InvariantCulture, $"{connection.Host}:{connection.Port}"), timeline, newest);
        }
    }
}
