using ConnectorDb.Core.Storage.Tables;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The statements that read streams. Files that are too old and read-only lack columns.</summary>
internal sealed class StreamQueries
{
    /// <summary>The ids of all devices from user ?1 and device ?2 on, by path, whether it is that device, and the start of the paths of its streams.</summary>
    public const string DevicesByPath = """
        SELECT d.id, u.name = ?1 AND d.name = ?2, u.name || '/' || d.name || '/' FROM users u CROSS JOIN devices d ON d.user_id = u.id
        WHERE u.name >= ?1 AND (u.name > ?1 OR d.name >= ?2) ORDER BY u.name, d.name
        """;

    /// <summary>The ids of the streams of device ?1 after name ?2, by name.</summary>
    public const string IdsOfDevice = "SELECT id FROM streams WHERE device_id = ?1 AND name > ?2 ORDER BY name";

    /// <param name="columns">The columns of the table.</param>
    public StreamQueries(IReadOnlySet<string> columns)
    {
        string select = TreeRows.SelectStreams(columns);
        One = $"{select} WHERE u.name = ?1 AND u.name = ?1 COLLATE BINARY AND d.name = ?2 AND s.name = ?3";
        OfDevice = $"{select} WHERE s.device_id = ?1 AND s.name > ?2 ORDER BY s.name";
        WithId = $"{select} WHERE s.id = ?1";
        WithText = $"{select} WHERE s.device_id = ?1 AND s.name > ?2 AND (?3 || s.name LIKE ?4 ESCAPE '{TextPattern.Escape}' OR s.nickname LIKE ?4 ESCAPE '{TextPattern.Escape}') ORDER BY s.name";
    }

    /// <summary>The stream of user ?1, device ?2 and name ?3.</summary>
    public string One { get; }

    /// <summary>The streams of device ?1 after name ?2, by name.</summary>
    public string OfDevice { get; }

    /// <summary>The streams of device ?1 after name ?2 whose path, which begins with ?3, or nickname is like ?4, by name.</summary>
    public string WithText { get; }

    /// <summary>The stream of id ?1.</summary>
    public string WithId { get; }
}
