using System.Globalization;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>Refuses connections to a primary that was replaced: a promotion begins a new timeline, so of several primaries the one with the highest is the newest.</summary>
/// <param name="settings">The settings of the connections, with several hosts.</param>
/// <param name="location">The address, for messages.</param>
/// <remarks>An old primary that is started again accepts writes, which would be lost when it is made a standby.</remarks>
internal sealed class PrimaryTimeline(NpgsqlConnectionStringBuilder settings, string location)
{
    /// <summary>A host that does not answer in this time cannot be compared.</summary>
    private const int PatienceSeconds = 1;

    /// <summary>Zero for a standby, which is refused by the driver.</summary>
    private const string Query = "SELECT CASE WHEN pg_is_in_recovery() THEN 0 ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer END";

    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private readonly string[] _hosts = settings.Host!.Split(',', StringSplitOptions.TrimEntries);
    private int _newest;
    private long _compared = long.MinValue;

    /// <summary>Checks a new connection.</summary>
    /// <exception cref="StoreException">Another host has a newer timeline.</exception>
    public void Check(NpgsqlConnection connection)
    {
        int timeline = Read(connection);
        long now = Environment.TickCount64;
        if (IsDue(timeline, now))
        {
            Array.ForEach(_hosts, host => Note(TryRead(host)));
            Interlocked.Exchange(ref _compared, now);
        }

        Note(timeline);
        ThrowIfOld(timeline, connection);
    }

    /// <inheritdoc cref="Check"/>
    public async Task CheckAsync(NpgsqlConnection connection)
    {
        int timeline = await ReadAsync(connection).ConfigureAwait(false);
        long now = Environment.TickCount64;
        if (IsDue(timeline, now))
        {
            foreach (int other in await Task.WhenAll(_hosts.Select(TryReadAsync)).ConfigureAwait(false))
            {
                Note(other);
            }

            Interlocked.Exchange(ref _compared, now);
        }

        Note(timeline);
        ThrowIfOld(timeline, connection);
    }

    private static int Read(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = new(Query, connection);
        return (int)command.ExecuteScalar()!;
    }

    private static async Task<int> ReadAsync(NpgsqlConnection connection)
    {
        await using NpgsqlCommand command = new(Query, connection);
        return (int)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }

    private int TryRead(string host)
    {
        try
        {
            using NpgsqlConnection connection = new(AddressOf(host));
            connection.Open();
            return Read(connection);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return 0;
        }
    }

    private async Task<int> TryReadAsync(string host)
    {
        try
        {
            await using NpgsqlConnection connection = new(AddressOf(host));
            await connection.OpenAsync().ConfigureAwait(false);
            return await ReadAsync(connection).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            return 0;
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

    private void Note(int timeline)
    {
        int newest = Volatile.Read(ref _newest);
        while (timeline > newest)
        {
            int before = Interlocked.CompareExchange(ref _newest, timeline, newest);
            if (before == newest)
            {
                return;
            }

            newest = before;
        }
    }

    private void ThrowIfOld(int timeline, NpgsqlConnection connection)
    {
        if (timeline > 0 && timeline < Volatile.Read(ref _newest))
        {
            throw PostgresFaults.OldPrimary(location, string.Create(CultureInfo.InvariantCulture, $"{connection.Host}:{connection.Port}"), timeline, Volatile.Read(ref _newest));
        }
    }
}
