using ConnectorDb.Fields;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The statements that read streams. Files that are too old and read-only have no labels.</summary>
internal sealed class StreamQueries
{
    /// <summary>The ids of all devices from user ?1 and device ?2 on, by path, and whether it is that device.</summary>
    public const string DevicesByPath = """
        SELECT d.id, u.name = ?1 AND d.name = ?2 FROM users u CROSS JOIN devices d ON d.user_id = u.id
        WHERE u.name >= ?1 AND (u.name > ?1 OR d.name >= ?2) ORDER BY u.name, d.name
        """;

    /// <summary>The ids of the streams of device ?1 after name ?2, by name.</summary>
    public const string IdsOfDevice = "SELECT id FROM streams WHERE device_id = ?1 AND name > ?2 ORDER BY name";

    public StreamQueries(bool hasLabels)
    {
        IEnumerable<string> fields = StreamFields.All.Select(field => field.Default is LabelSet && !hasLabels ? "'{}'" : $"s.{field.Name}");
        string select = $"SELECT s.id, s.device_id, u.name, d.name, s.name, s.downlink_number, {string.Join(", ", fields)} FROM streams s JOIN devices d ON d.id = s.device_id JOIN users u ON u.id = d.user_id";
        One = $"{select} WHERE u.name = ?1 AND u.name = ?1 COLLATE BINARY AND d.name = ?2 AND s.name = ?3";
        OfDevice = $"{select} WHERE s.device_id = ?1 AND s.name > ?2 ORDER BY s.name";
        WithId = $"{select} WHERE s.id = ?1";
    }

    /// <summary>The stream of user ?1, device ?2 and name ?3.</summary>
    public string One { get; }

    /// <summary>The streams of device ?1 after name ?2, by name.</summary>
    public string OfDevice { get; }

    /// <summary>The stream of id ?1.</summary>
    public string WithId { get; }
}
