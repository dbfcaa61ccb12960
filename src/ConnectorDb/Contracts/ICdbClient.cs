using ConnectorDb.Columns;

namespace ConnectorDb.Contracts;

/// <summary>A database with the rights of one device: a store in this process, or a server.</summary>
/// <remarks>
/// Paths are complete. Every member throws the exceptions of <c>ConnectorDb.Errors</c>: <see cref="NotFoundException"/> also for invisible
/// nodes, <see cref="PermissionDeniedException"/>, <see cref="StoreException"/> when the database cannot answer.
/// </remarks>
public interface ICdbClient : IAsyncDisposable
{
    /// <summary>The file, or the address, of the database.</summary>
    string Location { get; }

    /// <summary>True for a store that was created for this client.</summary>
    bool IsNew => false;

    /// <summary>The device logged in as.</summary>
    CdbPath Identity { get; }

    /// <summary>Asks the database for a sign of life; the answer is the version it runs.</summary>
    ValueTask<string> PingAsync(CancellationToken cancellation);

    ValueTask<CdbInfo> GetInfoAsync(CancellationToken cancellation);

    ValueTask<bool> ExistsAsync(CdbPath path, CancellationToken cancellation);

    IAsyncEnumerable<CdbUser> ListUsersAsync(CancellationToken cancellation) => ListUsersAsync("", cancellation);

    /// <summary>The users with names after a name, by name. They are read in parts; when some are created or removed meanwhile, the others are neither skipped nor repeated.</summary>
    /// <remarks>A ConnectorDB 0.3 returns all.</remarks>
    IAsyncEnumerable<CdbUser> ListUsersAsync(string after, CancellationToken cancellation);

    IAsyncEnumerable<CdbDevice> ListDevicesAsync(CdbPath user, CancellationToken cancellation) => ListDevicesAsync(user, "", cancellation);

    /// <inheritdoc cref="ListUsersAsync(string, CancellationToken)"/>
    IAsyncEnumerable<CdbDevice> ListDevicesAsync(CdbPath user, string after, CancellationToken cancellation);

    IAsyncEnumerable<CdbStream> ListStreamsAsync(CdbPath device, CancellationToken cancellation) => ListStreamsAsync(device, "", cancellation);

    /// <inheritdoc cref="ListUsersAsync(string, CancellationToken)"/>
    IAsyncEnumerable<CdbStream> ListStreamsAsync(CdbPath device, string after, CancellationToken cancellation);

    IAsyncEnumerable<CdbStream> FindStreamsAsync(IReadOnlyList<LabelPattern> labels, CancellationToken cancellation) => FindStreamsAsync("", labels, "", cancellation);

    /// <summary>
    /// The streams of all visible devices after a path whose path or nickname contains a text, in any case, and that have all labels, by path. They are read in parts, as
    /// <see cref="ListUsersAsync(string, CancellationToken)"/>.
    /// </summary>
    /// <exception cref="InvalidValueException">There is neither a text nor a label.</exception>
    /// <exception cref="NotAvailableException">The server is a ConnectorDB 0.3.</exception>
    IAsyncEnumerable<CdbStream> FindStreamsAsync(string text, IReadOnlyList<LabelPattern> labels, string after, CancellationToken cancellation);

    ValueTask<CdbUser> GetUserAsync(CdbPath path, CancellationToken cancellation);

    ValueTask<CdbDevice> GetDeviceAsync(CdbPath path, CancellationToken cancellation);

    ValueTask<CdbStream> GetStreamAsync(CdbPath path, CancellationToken cancellation);

    /// <summary>Makes the user with the devices and streams of the definition: all or nothing.</summary>
    ValueTask<CdbUser> CreateUserAsync(CdbPath path, UserDefinition definition, CancellationToken cancellation);

    /// <summary>Makes the device with the streams of the definition: all or nothing.</summary>
    ValueTask<CdbDevice> CreateDeviceAsync(CdbPath path, DeviceDefinition definition, CancellationToken cancellation);

    ValueTask<CdbStream> CreateStreamAsync(CdbPath path, StreamDefinition definition, CancellationToken cancellation);

    ValueTask<CdbUser> UpdateUserAsync(CdbPath path, UserDefinition changes, CancellationToken cancellation);

    ValueTask<CdbDevice> UpdateDeviceAsync(CdbPath path, DeviceDefinition changes, CancellationToken cancellation);

    ValueTask<CdbStream> UpdateStreamAsync(CdbPath path, StreamDefinition changes, CancellationToken cancellation);

    /// <summary>Deletes a user, device or stream with everything below it; for a downlink path, only its datapoints.</summary>
    ValueTask DeleteAsync(CdbPath path, CancellationToken cancellation);

    /// <summary>The sessions of browsers, of all devices of a user; the last used first.</summary>
    /// <param name="user">Null for all users, if the login may list them, else for its own.</param>
    /// <exception cref="PermissionDeniedException">The login may not change the password of the user.</exception>
    /// <exception cref="NotAvailableException">The server is a ConnectorDB 0.3.</exception>
    IAsyncEnumerable<CdbSession> ListSessionsAsync(CdbPath? user, CancellationToken cancellation);

    /// <summary>Ends a session at once, with its websockets.</summary>
    /// <exception cref="NotAvailableException">The server is a ConnectorDB 0.3.</exception>
    ValueTask RemoveSessionAsync(long id, CancellationToken cancellation);

    /// <summary>Appends blocks to their streams in one transaction; on return they are on disk.</summary>
    /// <remarks>Blocks for one stream are stored in the order given. Datapoints for a stream of another device go to its downlink.</remarks>
    /// <remarks>
    /// A server takes at most 10 MiB in a request. A client sends more than that in several requests, each a transaction of its own.
    /// </remarks>
    /// <returns>One result for each block.</returns>
    /// <exception cref="SchemaViolationException">A value does not match the schema of its stream.</exception>
    /// <exception cref="TimeOrderException">A time lies before its predecessor.</exception>
    ValueTask<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation);

    /// <summary>Removes the newest datapoints of a stream: those from an index on. Its device may do that, and logins that may delete the stream.</summary>
    /// <remarks>Repeating the call has no further effect. Subscriptions continue with the next datapoint.</remarks>
    /// <param name="stream">The stream; not a downlink.</param>
    /// <param name="from">The index of the first datapoint to remove.</param>
    /// <param name="count">The number of datapoints in the stream. If it has others by then, nothing is removed.</param>
    /// <exception cref="InvalidRangeException">The stream has another number of datapoints.</exception>
    /// <exception cref="NotAvailableException">The server is a ConnectorDB 0.3.</exception>
    ValueTask RemoveNewestAsync(CdbPath stream, long from, long count, CancellationToken cancellation);

    /// <summary>The datapoints of the range, through the transform, in blocks; nothing is collected.</summary>
    IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation);

    /// <summary>How many datapoints the stream, or its downlink, holds.</summary>
    ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation);

    /// <summary>The newest datapoint; null while there is none.</summary>
    ValueTask<Datapoint?> LastAsync(CdbPath stream, CancellationToken cancellation);

    /// <summary>Counts and newest datapoints of many streams; null for each that is missing or may not be read.</summary>
    ValueTask<IReadOnlyList<StreamEnd?>> GetEndsAsync(IReadOnlyList<CdbPath> streams, CancellationToken cancellation);

    /// <summary>The index of the first datapoint later than <paramref name="t"/>; the count when there is none.</summary>
    ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation);

    /// <summary>Counts and sums up the range of the query; its transform and limit are not allowed.</summary>
    ValueTask<StreamSummary> SummarizeAsync(DataQuery range, CancellationToken cancellation);

    /// <summary>Summarizes ranges of streams in columns of time; columns without datapoints are left out.</summary>
    /// <returns>The columns of each query; null for a stream that is missing or may not be read.</returns>
    ValueTask<IReadOnlyList<IReadOnlyList<StreamSummary>?>> ChartAsync(IReadOnlyList<ChartQuery> queries, CancellationToken cancellation);

    /// <summary>
    /// The results of the queries in one time order; at equal times the query named first goes first. Each names the stream it
    /// comes from, unless an original server answers.
    /// </summary>
    IAsyncEnumerable<Block> MergeAsync(IReadOnlyList<DataQuery> queries, CancellationToken cancellation);

    /// <summary>The rows of the dataset; their values are a <see cref="RecordColumn"/> unless a post-transform makes something else.</summary>
    IAsyncEnumerable<Block> DatasetAsync(DatasetQuery query, CancellationToken cancellation);

    /// <summary>Subscribes to a stream. Every datapoint written after the return is delivered.</summary>
    /// <exception cref="ScriptSyntaxException">The transform is no script.</exception>
    ValueTask<ISubscription> SubscribeAsync(SubscriptionQuery query, CancellationToken cancellation);

    /// <summary>A client of the same database as another device.</summary>
    /// <remarks>The login must be able to read the API key of that device. The returned client must be disposed before this one.</remarks>
    /// <exception cref="PermissionDeniedException">The key may not be read, or the device has none.</exception>
    ValueTask<ICdbClient> ActAsAsync(CdbPath device, CancellationToken cancellation);
}
