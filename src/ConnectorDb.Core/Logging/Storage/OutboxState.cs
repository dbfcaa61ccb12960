using System.Text.Json;
using ConnectorDb.Core.Files;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>The content of an outbox within the open transaction of one connection.</summary>
internal sealed partial class OutboxState(SqliteSession session) : ISqliteState
{
    public SqliteSession Session => session;

    public CancellationToken Cancellation { get; set; }

    public Guid Id => session["SELECT id FROM logger"].First(row => new Box<Guid>(new Guid(row.Bytes(0))))!.Value;

    /// <summary>True when the row of the logger is there, and all definitions and settings are JSON.</summary>
    public static bool AreSettingsReadable(SqliteSession session)
        => session["""
            SELECT 1 WHERE (SELECT count(*) FROM logger WHERE json_valid(settings)) = 1
                AND NOT EXISTS (SELECT 1 FROM channels WHERE NOT json_valid(definition))
                AND NOT EXISTS (SELECT 1 FROM destinations WHERE NOT json_valid(settings))
            """].First(row => row) is not null;

    /// <summary>The settings of the logger as JSON text.</summary>
    public string Settings
    {
        get => session["SELECT settings FROM logger"].First(row => row.Text(0))!;
        set => session["UPDATE logger SET settings = ?1"].Run(value);
    }

    /// <summary>Keeps the device that a destination was logged in as.</summary>
    public void RecordLogin(long destination, string device)
    {
        LoggerSettings settings = JsonSerializer.Deserialize<LoggerSettings>(Settings)!;
        if (settings.Logins?.GetValueOrDefault(destination) != device)
        {
            Settings = JsonSerializer.Serialize(settings with { Logins = new Dictionary<long, string>(settings.Logins ?? new Dictionary<long, string>()) { [destination] = device } });
        }
    }

    /// <summary>The numbers of dropped and of damaged entries.</summary>
    public (long Dropped, long Damaged) Losses
        => session["SELECT dropped, damaged FROM logger"].First(row => new Box<(long, long)>((row.Integer(0), row.Integer(1))))!.Value;

    public void ReleaseFreeSpace() => session["PRAGMA incremental_vacuum"].Run();

    private long Number(string sql, params ReadOnlySpan<SqliteValue> arguments)
    {
        using Row row = session[sql].Query(arguments);
        return row.Read() && !row.IsNull(0) ? row.Integer(0) : 0;
    }

    private sealed record Box<T>(T Value);
}
