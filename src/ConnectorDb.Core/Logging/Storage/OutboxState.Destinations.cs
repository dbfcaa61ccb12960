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
}

internal sealed partial class OutboxState
{
    public IReadOnlyList<DestinationRow> Destinations()
        => session["""
            SELECT id, name, kind, settings, location, sent, dropped, failures, next_try, last_success, last_error, last_error_time, rate
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
            });

    public DestinationRow? FindDestination(long id) => Destinations().FirstOrDefault(row => row.Id == id);

    // A new destination has no positions, so it begins with the oldest entry in the file.
    /// <summary>Adds a destination, or changes the settings of the destination with this name.</summary>
    public void PutDestination(string name, string kind, string settings, string location)
        => session["""
            INSERT INTO destinations (name, kind, settings, location, sent, dropped, failures) VALUES (?1, ?2, ?3, ?4, 0, 0, 0)
            ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, settings = excluded.settings, location = excluded.location, failures = 0, next_try = NULL
            """].Run(name, kind, settings, location);

    /// <summary>Removes a destination and its dead letters. Returns false for an unknown name.</summary>
    public bool RemoveDestination(string name)
    {
        if (session["DELETE FROM destinations WHERE name = ?1"].Run(name) == 0)
        {
            return false;
        }

        foreach (ChannelRow channel in Channels())
        {
            Trim(channel.Id);
        }

        return true;
    }

    public void RecordSuccess(long destination, double time, double? rate)
        => session["""
            UPDATE destinations SET failures = 0, next_try = NULL, last_success = ?2, rate = coalesce(?3, rate) WHERE id = ?1
            """].Run(destination, time, rate);

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
            WHERE (e.destination IS NULL OR e.destination = ?1) AND e.start + e.count > coalesce(p.position, 0)
            """].First(row => new Box<(long, double?)>((row.Integer(0), row.RealOrNull(1))), destination)!.Value;
}
