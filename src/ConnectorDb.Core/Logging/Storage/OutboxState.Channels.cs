using System.Text.Json;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>A channel and its id in the file.</summary>
internal sealed record ChannelRow(long Id, LogChannel Channel);

internal sealed partial class OutboxState
{
    public IReadOnlyList<ChannelRow> Channels()
        => session["SELECT id, definition FROM channels ORDER BY id"].All(row => new ChannelRow(row.Integer(0), Read(row.Text(1))));

    public ChannelRow? FindChannel(string name)
        => session["SELECT id, definition FROM channels WHERE name = ?1"].First(row => new ChannelRow(row.Integer(0), Read(row.Text(1))), name);

    /// <summary>Adds or updates the channel.</summary>
    public ChannelRow PutChannel(LogChannel channel)
    {
        session["""
            INSERT INTO channels (name, definition, base) VALUES (?1, ?2, 0)
            ON CONFLICT (name) DO UPDATE SET definition = excluded.definition
            """].Run(channel.Name, JsonSerializer.Serialize(channel));
        ChannelRow row = FindChannel(channel.Name)!;
        foreach (DestinationRow destination in Destinations())
        {
            bool isOther = destination.Leaving is not null || !SinkKind.Takes(destination.Kind, channel.Kind);
            _ = isOther ? session["INSERT OR IGNORE INTO positions (destination, channel, position, stop) VALUES (?1, ?2, 0, 0)"].Run(destination.Id, row.Id) : 0;
        }

        return row;
    }

    /// <summary>Renames a channel with its waiting entries.</summary>
    public void RenameChannel(LogChannel channel, string name)
        => session["UPDATE channels SET name = ?2, definition = ?3 WHERE name = ?1"].Run(channel.Name, name, JsonSerializer.Serialize(channel with { Name = name }));

    /// <summary>True when entries of the channel were sent to a destination of this kind.</summary>
    public bool HasSent(string channel, string kind)
        => session["""
            SELECT 1 FROM positions p JOIN channels c ON c.id = p.channel JOIN destinations d ON d.id = p.destination
            WHERE c.name = ?1 AND d.kind = ?2 AND p.position > 0 LIMIT 1
            """].First(_ => "", channel, kind) is not null;

    private static LogChannel Read(string definition) => JsonSerializer.Deserialize<LogChannel>(definition)!;
}
