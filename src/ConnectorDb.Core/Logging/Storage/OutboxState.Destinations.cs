using System.Globalization;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>The row of a destination. The settings are JSON with encrypted secrets; times are unix seconds.</summary>
internal sealed record DestinationRow(long Id, string Name, string Kind, string Settings, string Location)
{
    public long Sent { get; init; }

    public long Dropped { get; init; }

    /// <summary>The number of failed syncs since the last success.</summary>
    public int Failures { get; init; }

    public double? NextTry { get; init; }

    public double? LastSuccess { get; init; }

    public string? LastError { get; init; }

    public double? LastErrorTime { get; init; }

    public double? Rate { get; init; }

    /// <summary>The time at which it was replaced by another target; null for a destination that receives new entries.</summary>
    public double? Leaving { get; init; }
}

internal sealed partial class OutboxState
{
    public IReadOnlyList<DestinationRow> Destinations()
        => session["""
            SELECT id, name, kind, settings, location, sent, dropped, failures, next_try, last_success, last_error, last_error_time, rate, leaving
            FROM destinations ORDER BY id
            """].All(row => new DestinationRow(row.Integer(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4))
            {
                Sent = row.Integer(5),
                Dropped = row.Integer(6),
                Failures = (int)row.Integer(7),
                NextTry = row.RealOrNull(8),
                LastSuccess = row.RealOrNull(9),
                LastError = row.TextOrNull(10),
                LastErrorTime = row.RealOrNull(11),
                Rate = row.RealOrNull(12),
                Leaving = row.RealOrNull(13),
            });

    public DestinationRow? FindDestination(long id) => Destinations().FirstOrDefault(row => row.Id == id);

    public DestinationRow? FindDestination(string name)
        => Destinations().FirstOrDefault(row => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The channels with a destination that takes their new entries.</summary>
    public IReadOnlySet<long> ServedChannels() => session[$"""
        SELECT id FROM channels AS c WHERE {IsServed("c.id")}
        """].All(row => row.Integer(0)).ToHashSet();

    // Entries belong to the destinations that were there when they were written. A destination with another kind or location is another
    // one, although it has the same name: the old one keeps the entries that wait for it, receives no new ones, and leaves when it is done.
    /// <summary>Adds a destination, or changes the settings of the destination with this name.</summary>
    /// <param name="served">The channels whose entries another destination has received. The destination gets all entries of the others.</param>
    /// <param name="now">Unix seconds.</param>
    public void PutDestination(string name, string kind, string settings, string location, IReadOnlySet<long> served, double now)
    {
        if (FindDestination(name) is { } old)
        {
            if (old.Kind == kind && old.Location == location)
            {
                session["UPDATE destinations SET settings = ?2, failures = 0, next_try = NULL WHERE id = ?1"].Run(old.Id, settings);
                return;
            }

            Retire(old, now);
        }

        session["INSERT INTO destinations (name, kind, settings, location, sent, dropped, failures) VALUES (?1, ?2, ?3, ?4, 0, 0, 0)"].Run(name, kind, settings, location);
        long id = Number("SELECT last_insert_rowid()");
        foreach (ChannelRow channel in Channels())
        {
            bool takes = SinkKind.Takes(kind, channel.Channel.Kind);
            long start = !takes ? 0 : served.Contains(channel.Id) ? End(channel.Id) : Number("SELECT max(stop) FROM positions WHERE channel = ?1", channel.Id);
            session["INSERT INTO positions (destination, channel, position, stop) VALUES (?1, ?2, ?3, ?4)"].Run(id, channel.Id, start, takes ? null : (long?)0);
        }
    }

    /// <summary>Removes a destination and its dead letters. Returns false for an unknown name.</summary>
    public bool RemoveDestination(string name)
    {
        if (session["DELETE FROM destinations WHERE name = ?1"].Run(name) == 0)
        {
            return false;
        }

        foreach (ChannelRow channel in Channels())
        {
            Trim(channel.Id, 0, long.MaxValue);
        }

        return true;
    }

    /// <summary>Removes a destination that was replaced, when nothing waits for it and it has no dead letters.</summary>
    public void RemoveIfDone(long id)
    {
        if (FindDestination(id) is { Leaving: not null } row && Pending(id).Count == 0 && CountDeadLetters(id) == 0)
        {
            RemoveDestination(row.Name);
        }
    }

    /// <summary>Renames a destination and ends its entries here. It is removed at once when it is done.</summary>
    private void Retire(DestinationRow old, double now)
    {
        string until = string.Create(CultureInfo.InvariantCulture, $"{old.Name} until {UnixTime.ToDateTimeOffset(now):yyyy-MM-dd HH:mm:ss}");
        IReadOnlyList<DestinationRow> rows = Destinations();
        string name = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? until : string.Create(CultureInfo.InvariantCulture, $"{until} ({n})"))
            .First(free => !rows.Any(row => string.Equals(row.Name, free, StringComparison.OrdinalIgnoreCase)));
        session["UPDATE destinations SET name = ?2, leaving = ?3, failures = 0, next_try = NULL WHERE id = ?1"].Run(old.Id, name, now);
        foreach (ChannelRow channel in Channels())
        {
            session["""
                INSERT INTO positions (destination, channel, position, stop) VALUES (?1, ?2, 0, ?3)
                ON CONFLICT (destination, channel) DO UPDATE SET stop = min(coalesce(stop, excluded.stop), excluded.stop)
                """].Run(old.Id, channel.Id, End(channel.Id));
        }

        RemoveIfDone(old.Id);
    }

    // A destination with the stop 0 in a channel does not take its kind: a Grafana takes events only.
    /// <summary>The SQL condition that a destination takes the new entries of a channel.</summary>
    private static string IsServed(string channel) => $"""
        EXISTS (SELECT 1 FROM destinations AS taker LEFT JOIN positions AS its ON its.destination = taker.id AND its.channel = {channel}
            WHERE taker.leaving IS NULL AND its.stop IS NULL)
        """;

    /// <summary>Records a sync that reached the destination.</summary>
    /// <param name="success">The time of the success in unix seconds; null when nothing was sent because of a problem.</param>
    public void RecordEnd(long destination, double? success, double? rate)
        => session["""
            UPDATE destinations SET failures = 0, next_try = NULL, last_success = coalesce(?2, last_success), rate = coalesce(?3, rate) WHERE id = ?1
            """].Run(destination, success, rate);

    /// <param name="nextTry">The end of the back-off; null when only some channels failed.</param>
    public void RecordFailure(long destination, double time, string error, double? nextTry)
        => session["""
            UPDATE destinations SET failures = failures + 1, next_try = ?4, last_error = ?3, last_error_time = ?2 WHERE id = ?1
            """].Run(destination, time, error, nextTry);

    /// <summary>The number of entries that wait for the destination, and the time of the oldest.</summary>
    public (long Count, double? Oldest) Pending(long destination)
        => session["""
            SELECT coalesce(sum(e.start + e.count - max(e.start, coalesce(p.position, 0))), 0), min(e.written)
            FROM entries AS e LEFT JOIN positions AS p ON p.destination = ?1 AND p.channel = e.channel
            WHERE (e.destination = ?1 OR (e.destination IS NULL AND (p.stop IS NULL OR e.start < p.stop))) AND e.start + e.count > coalesce(p.position, 0)
            """].First(row => new Box<(long, double?)>((row.Integer(0), row.RealOrNull(1))), destination)!.Value;
}
