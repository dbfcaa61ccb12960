using System.Text.Json;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging.Delivery;
using ConnectorDb.Core.Logging.Recovery;
using ConnectorDb.Core.Logging.Settings;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging;

/// <summary>A logger in a SQLite file. Several loggers, also of other processes, can share a file.</summary>
public sealed partial class DataLogger : IDataLogger
{
    private readonly Outbox _outbox;
    private readonly DataLoggerOptions _options;
    private readonly SinkSettingsSerializer _sinkSettings;
    private LoggerSettings _settings;

    private DataLogger(Outbox outbox, DataLoggerOptions options)
    {
        _outbox = outbox;
        _options = options;
        _sinkSettings = new SinkSettingsSerializer(outbox.Read(state => state.Id, CancellationToken.None), options.KeyFolder ?? UserFolder.KeyFolder);
        _settings = ReadSettings();
    }

    public string Path => _outbox.Path;

    public RecoveryReport? Recovery => _outbox.Recovery;

    /// <summary>The current settings in the file.</summary>
    public LoggerSettings Settings => _settings = ReadSettings();

    private double Now => UnixTime.FromDateTimeOffset(_options.Time.GetUtcNow());

    /// <summary>Opens the logger. A missing or empty file is created, a damaged file is recovered.</summary>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static DataLogger Open(DataLoggerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Outbox outbox = Outbox.Open(options.Path, options.Patience, options.Time);
        try
        {
            return new DataLogger(outbox, options);
        }
        catch
        {
            outbox.Dispose();
            throw;
        }
    }

    /// <summary>Checks that a file can be opened as a logger, without changing it.</summary>
    /// <exception cref="StoreException">It is no logger.</exception>
    public static void Check(string path) => OutboxFormat.Format.Check(path);

    /// <summary>Deletes the file of a logger that is closed, with all waiting entries, and the files beside it.</summary>
    /// <returns>False when it is open in this or another process; nothing was deleted.</returns>
    /// <exception cref="StoreException">The file cannot be locked.</exception>
    public static bool TryDelete(string path) => OutboxFiles.TryDelete(path, DataLoggerOptions.DefaultPatience);

    /// <summary>Changes the settings for all users of the file.</summary>
    public LoggerSettings Change(Func<LoggerSettings, LoggerSettings> change)
    {
        _settings = _outbox.Write(
            state =>
            {
                LoggerSettings changed = change(JsonSerializer.Deserialize<LoggerSettings>(state.Settings)!);
                state.Settings = JsonSerializer.Serialize(changed);
                return changed;
            },
            CancellationToken.None);

        // The loops wait for the end of the old period.
        _loops?.Wake();
        return _settings;
    }

    public LoggerStatus GetStatus() => _outbox.Read(
        state =>
        {
            (long dropped, long damaged) = state.Losses;
            LoggerSettings settings = JsonSerializer.Deserialize<LoggerSettings>(state.Settings)!;
            return new LoggerStatus
            {
                Path = Path,
                Settings = settings,
                Cached = state.Cached(),
                Dropped = dropped,
                Damaged = damaged,
                DamagedFiles = OutboxRecovery.DamagedFiles(Path),
                IsRunning = IsRunning,
                LastError = _faults.Values.FirstOrDefault(),
                Destinations = [.. state.Destinations().Select(row => StatusOf(state, row) with { Login = settings.Logins?.GetValueOrDefault(row.Id) })],
            };
        },
        CancellationToken.None);

    /// <summary>Deletes all waiting entries and returns their number.</summary>
    public long Clear() => _outbox.Write(
        state =>
        {
            long cleared = state.Clear();
            state.ReleaseFreeSpace();
            return cleared;
        },
        CancellationToken.None);

    private DestinationStatus StatusOf(OutboxState state, DestinationRow row)
    {
        (long pending, double? oldest) = state.Pending(row.Id);
        DateTimeOffset? silent = SilentSince(row.Id);
        return new DestinationStatus
        {
            Name = row.Name,
            Location = row.Location,
            IsLeaving = row.Leaving is not null,
            Pending = pending,
            OldestPending = TimeOf(oldest),
            Sent = row.Sent,
            SetAside = state.CountDeadLetters(row.Id),
            Dropped = row.Dropped,
            Rate = row.Rate,
            LastSync = TimeOf(row.LastSuccess),
            LastSuccess = row.Sent > 0 ? TimeOf(row.LastSuccess) : null,
            LastError = silent is { } since ? DestinationSync.NoResponse(since) : row.LastError,
            LastErrorTime = silent ?? TimeOf(row.LastErrorTime),
            NextTry = TimeOf(row.NextTry),
        };
    }

    private static DateTimeOffset? TimeOf(double? seconds) => seconds is { } t ? UnixTime.ToDateTimeOffset(t) : null;

    private LoggerSettings ReadSettings()
        => JsonSerializer.Deserialize<LoggerSettings>(_outbox.Read(state => state.Settings, CancellationToken.None))!;
}
