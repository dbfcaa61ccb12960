using System.Text.Json;
using ConnectorDb.Logging;

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
        session["INSERT OR IGNORE INTO positions (destination, channel, position, stop) SELECT id, ?1, 0, 0 FROM destinations WHERE leaving IS NOT NULL"].Run(row.Id);
        return row;
    }

    private static LogChannel Read(string definition) => JsonSerializer.Deserialize<LogChannel>(definition)!;
}
