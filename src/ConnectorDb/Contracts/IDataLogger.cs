using ConnectorDb.Columns;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Contracts;

/// <summary>
/// Store and forward: what is written is on disk when the call returns, and goes from there to each destination at that
/// destination's pace. Safe for many threads.
/// </summary>
public interface IDataLogger : IAsyncDisposable
{
    /// <summary>The file.</summary>
    string Path { get; }

    /// <summary>What was saved of the file when it was opened here; null when it was not damaged.</summary>
    RecoveryReport? Recovery { get; }

    /// <summary>The settings, as they lie in the file.</summary>
    LoggerSettings Settings { get; }

    /// <summary>What is recorded, in the order it was declared.</summary>
    IReadOnlyList<LogChannel> Channels { get; }

    /// <summary>The settings of all destinations, with their names.</summary>
    /// <exception cref="AuthenticationException">A secret was sealed by another account or on another machine.</exception>
    IReadOnlyList<SinkSettings> Sinks { get; }

    /// <summary>After each round of sending, whoever asked for it.</summary>
    event Action<SyncResult>? Synced;

    LoggerStatus GetStatus();

    /// <summary>Changes the settings, here and for all who open the file.</summary>
    LoggerSettings Change(Func<LoggerSettings, LoggerSettings> change);

    /// <summary>Declares what is to be recorded, or changes what was declared; no destination is asked.</summary>
    /// <exception cref="InvalidSchemaException">The schema is none.</exception>
    /// <exception cref="InvalidValueException">The name is empty.</exception>
    void AddChannel(LogChannel channel);

    /// <summary>Writes to several channels: all or nothing; on return it is on disk. A time that is NaN is now.</summary>
    /// <exception cref="NotFoundException">No such channel was declared.</exception>
    /// <exception cref="SchemaViolationException">A value does not obey the schema.</exception>
    /// <exception cref="StoreException">The file cannot be written, or a bound is reached.</exception>
    void Write(IReadOnlyList<(string Channel, Block Points)> batch, CancellationToken cancellation = default);

    /// <summary>Writes a point of a measurement, which need not be declared.</summary>
    /// <param name="t">Unix seconds; null for now.</param>
    /// <exception cref="InvalidValueException">The measurement was declared without such a field or tag.</exception>
    void WritePoint(string measurement, LogPoint point, double? t = null);

    /// <summary>Writes points of a measurement, which need not be declared: all or nothing.</summary>
    /// <param name="points">Each with its time, unix seconds, or NaN for now.</param>
    /// <exception cref="InvalidValueException">The measurement was declared without such a field or tag.</exception>
    void WritePoints(string measurement, IReadOnlyList<(double T, LogPoint Point)> points);

    /// <param name="start">Unix seconds.</param>
    void WriteEvent(double start, LogEvent occurrence, string channel = LogEvent.Channel);

    /// <summary>Adds a destination, which gets all that lies in the file; or gives the one of this name other settings.</summary>
    /// <returns>The name it is known by.</returns>
    string AddSink(SinkSettings settings);

    /// <summary>Removes a destination, with what was set aside for it.</summary>
    /// <exception cref="NotFoundException">There is none of this name.</exception>
    void RemoveSink(string name);

    /// <summary>What destinations have refused, oldest first.</summary>
    /// <param name="destination">Its name; null for all.</param>
    IReadOnlyList<DeadLetter> ListDeadLetters(string? destination = null);

    /// <summary>Has items that were set aside sent again in the next round, to the destination that refused them.</summary>
    /// <param name="restamp">Those older than the newest datapoint there get its time; else they would be set aside again.</param>
    /// <returns>How many of them there were.</returns>
    long Resend(IReadOnlyList<DeadLetter> items, bool restamp);

    /// <summary>Drops items that were set aside; the answer is how many of them there were.</summary>
    long DeleteDeadLetters(IReadOnlyList<DeadLetter> items);

    /// <summary>Drops all that waits to be sent; the answer is how many items that were.</summary>
    long Clear();

    /// <summary>Sends all that waits now, also to destinations that have just failed.</summary>
    /// <param name="patience">How long to wait for another process that is sending.</param>
    Task<SyncResult> SyncAsync(TimeSpan patience, CancellationToken cancellation);

    /// <summary>Starts to send in the background: at once, and then every <see cref="LoggerSettings.SyncPeriod"/>.</summary>
    void Start();

    /// <summary>Ends the sending in the background with one last round, for which there is so much time.</summary>
    /// <returns>What that round did; null when nothing was running.</returns>
    Task<SyncResult?> StopAsync(TimeSpan limit);
}
