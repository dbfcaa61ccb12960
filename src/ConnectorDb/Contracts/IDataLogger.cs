using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Contracts;

/// <summary>A store-and-forward log. Entries are on disk when a write returns and are sent to each destination independently. Thread-safe.</summary>
public interface IDataLogger : IAsyncDisposable
{
    /// <summary>The file.</summary>
    string Path { get; }

    /// <summary>The result of the recovery at opening; null when the file was intact.</summary>
    RecoveryReport? Recovery { get; }

    /// <summary>The current settings in the file.</summary>
    LoggerSettings Settings { get; }

    /// <summary>The channels in the order of their declaration.</summary>
    IReadOnlyList<LogChannel> Channels { get; }

    /// <summary>The settings of all destinations, including their names.</summary>
    /// <exception cref="AuthenticationException">A secret was encrypted by another account or on another machine.</exception>
    IReadOnlyList<SinkSettings> Sinks { get; }

    /// <summary>Raised after each sync: of all destinations when it is manual, of one in the background.</summary>
    event Action<SyncResult>? Synced;

    LoggerStatus GetStatus();

    /// <summary>Changes the settings for all users of the file.</summary>
    LoggerSettings Change(Func<LoggerSettings, LoggerSettings> change);

    /// <summary>Declares a channel or adds to its declaration, without contacting a destination.</summary>
    /// <param name="isReplacing">The declaration replaces that of a channel of this name and kind.</param>
    /// <exception cref="InvalidSchemaException">The schema is not a valid JSON Schema.</exception>
    /// <exception cref="InvalidValueException">The name is empty, or the channel is declared otherwise.</exception>
    void AddChannel(LogChannel channel, bool isReplacing = false);

    /// <summary>Checks that a declaration does not contradict that of a channel of this name, and stores nothing.</summary>
    /// <exception cref="InvalidValueException">The channel is declared otherwise.</exception>
    void CheckChannel(LogChannel channel);

    /// <summary>
    /// Writes to several channels in one transaction. The entries are on disk when the call returns. A datapoint without a time gets the time
    /// of the transaction, just after the newest of its channel.
    /// </summary>
    /// <returns>One result for each block.</returns>
    /// <exception cref="NotFoundException">A channel was not declared; only with <see cref="OnInvalid.RejectAll"/>.</exception>
    /// <exception cref="SchemaViolationException">A value does not match the schema; only with <see cref="OnInvalid.RejectAll"/>.</exception>
    /// <exception cref="InvalidValueException">A time or number is not finite; only with <see cref="OnInvalid.RejectAll"/>.</exception>
    /// <exception cref="StoreException">The file cannot be written, or a limit is reached.</exception>
    IReadOnlyList<LogResult> Write(IReadOnlyList<LogBlock> batch, OnInvalid onInvalid = OnInvalid.RejectAll, CancellationToken cancellation = default);

    /// <summary>Writes a point of a measurement and declares the measurement if needed.</summary>
    /// <param name="t">Unix seconds; null for now.</param>
    /// <exception cref="InvalidValueException">The declaration of the measurement lacks the field or tag.</exception>
    void WritePoint(string measurement, LogPoint point, double? t = null);

    /// <summary>
    /// Writes points of a measurement in one transaction and declares the measurement if needed. With <see cref="OnInvalid.RejectInvalid"/>
    /// an invalid field is left out of its point; a point with an invalid tag or without a valid field is not written.
    /// </summary>
    /// <param name="points">Times are unix seconds; NaN means now.</param>
    /// <returns>The invalid fields and points, by index.</returns>
    /// <exception cref="InvalidValueException">A field or tag is not declared or not valid; only with <see cref="OnInvalid.RejectAll"/>.</exception>
    IReadOnlyList<RejectedField> WritePoints(string measurement, IReadOnlyList<(double T, LogPoint Point)> points, OnInvalid onInvalid = OnInvalid.RejectAll);

    /// <param name="start">Unix seconds.</param>
    /// <param name="channel">Null for the channel of the logger's events.</param>
    void WriteEvent(double start, LogEvent occurrence, string? channel = null);

    /// <summary>
    /// Adds destinations together, or changes the settings of the destinations with these names. The first destinations receive all entries in
    /// the file, later ones all entries from now on. A destination whose kind or location changes is replaced: the entries that wait for
    /// it are still sent to it, under another name, and then it is removed.
    /// </summary>
    /// <returns>The names of the destinations.</returns>
    IReadOnlyList<string> AddSinks(IReadOnlyList<SinkSettings> settings);

    /// <summary>Removes a destination, its dead letters, and the entries that wait only for it; of the last destination, these wait for the next one.</summary>
    /// <exception cref="NotFoundException">There is no destination of this name.</exception>
    void RemoveSink(string name);

    /// <summary>The texts of the destinations that are scripts.</summary>
    IReadOnlyList<string> Scripts { get; }

    /// <summary>The entries that are not sent yet, by channel and in the order of their writes. Entries written meanwhile may be missing.</summary>
    IEnumerable<WaitingEntry> ListWaiting();

    /// <summary>The dead letters, oldest first.</summary>
    /// <param name="destination">The name of a destination; null for all.</param>
    IReadOnlyList<DeadLetter> ListDeadLetters(string? destination = null);

    /// <summary>Queues dead letters to be sent again to the destination that rejected them.</summary>
    /// <param name="restamp">Dead letters older than the newest datapoint of the stream get its time instead of being rejected again.</param>
    /// <returns>The number of queued entries.</returns>
    long Resend(IReadOnlyList<DeadLetter> letters, bool restamp);

    /// <summary>Deletes dead letters and returns their number.</summary>
    long DeleteDeadLetters(IReadOnlyList<DeadLetter> letters);

    /// <summary>Deletes all waiting entries and returns their number.</summary>
    long Clear();

    /// <summary>Sends all waiting entries now, also to destinations in back-off.</summary>
    /// <param name="patience">How long to wait while another sync runs.</param>
    Task<SyncResult> SyncAsync(TimeSpan patience, CancellationToken cancellation);

    /// <summary>Tests the connections and logins of all destinations, at the same time.</summary>
    Task<IReadOnlyList<DestinationTest>> TestAsync(CancellationToken cancellation);

    /// <summary>Starts to sync in the background: immediately, and then every <see cref="LoggerSettings.SyncPeriod"/>.</summary>
    void Start();

    /// <summary>Stops the background sync after one last sync.</summary>
    /// <param name="limit">The time limit of the last sync.</param>
    /// <param name="cancellation">Ends the last sync early.</param>
    /// <returns>The result of the last sync; null when the logger was not running.</returns>
    Task<SyncResult?> StopAsync(TimeSpan limit, CancellationToken cancellation);
}
