using System.Net;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks.Http;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks.InitialState;

/// <summary>Sends events to a bucket of Initial State. An object becomes one event for each member, all with the same time.</summary>
internal sealed class InitialStateBucket : ISink
{
    private const int MaxEvents = 1000;
    private const int MaxBytes = 512 << 10;
    private const int MaxKeyLength = 250;
    private const string Json = "application/json";
    private readonly InitialStateSettings _settings;
    private readonly HttpSender _http;
    private bool _hasBucket;

    /// <exception cref="InvalidValueException">The settings contain no access key.</exception>
    public InitialStateBucket(InitialStateSettings settings, SinkContext context)
    {
        _settings = settings;
        SecretText key = _settings.AccessKey
            ?? throw new InvalidValueException($"The bucket '{settings.BucketKey}' of Initial State needs an access key. Set one, or add it to isstreamer.ini in your home folder.", settings.BucketKey);
        _http = new HttpSender(_settings.Url ?? InitialStateSettings.DefaultUrl, "Initial State", context.Time);
        _http.Headers.Add("X-IS-AccessKey", key.Reveal());
        _http.Headers.Add("X-IS-BucketKey", _settings.BucketKey);
        _http.Headers.TryAddWithoutValidation("Accept-Version", "<=0.0.4");
    }

    public string Location => _settings.Location;

    // The service has no request that finds a bucket. A request without events needs the same key as any other, and creates nothing.
    /// <summary>Logs in.</summary>
    public async ValueTask<string?> TestAsync(CancellationToken cancellation)
    {
        HttpReply reply = await _http.SendAsync(HttpMethod.Post, "api/events", "[]"u8.ToArray(), Json, compress: false, cancellation).ConfigureAwait(false);
        bool isAnswer = IsAcknowledged(reply) || (reply.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound && reply.Json is { Kind: DataKind.Object });
        return isAnswer ? $"the bucket '{_settings.BucketKey}' if it does not exist" : throw Failure(reply);
    }

    public async ValueTask<IReadOnlyList<BatchOutcome>> WriteAsync(IReadOnlyList<SinkBatch> batches, CancellationToken cancellation)
        => await new EntrySender(MaxEvents, MaxBytes, SendAsync).WriteAsync(batches, Events, cancellation).ConfigureAwait(false);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The events of one entry, separated by commas.</summary>
    private static (ReadOnlyMemory<byte>, string?) Events(SinkBatch batch, int index)
    {
        double t = batch.Points.Times.Span[index];
        if (t < UnixTime.FromDateTimeOffset(DateTimeOffset.MinValue) || t > UnixTime.FromDateTimeOffset(DateTimeOffset.MaxValue))
        {
            return (default, "Its time is not between the years 1 and 9999.");
        }

        DataValue epoch = DataValue.From(t);
        DataValue value = batch.Channel.Kind == ChannelKind.Measurement
            ? DataValue.From(LogPoint.Read(batch.Points.Values[index]).Fields)
            : batch.Points.Values[index];
        List<string> events = [];
        foreach ((string key, DataValue simple) in ObjectFields.Of(batch.Channel.Name, value).Where(field => !field.Value.IsNull))
        {
            if (key.Length > MaxKeyLength)
            {
                return (default, $"Its key '{key[..40]}…' has {key.Length} characters; Initial State allows {MaxKeyLength}.");
            }

            events.Add(DataValue.From(new DataObject(new("key", DataValue.From(key)), new("value", simple), new("epoch", epoch))).ToJson());
        }

        return events.Count > 0
            ? (Encoding.UTF8.GetBytes(string.Join(',', events)), null)
            : (default, "It has no value that Initial State can store: a number, boolean or text.");
    }

    private async Task<SendResult> SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        byte[] body = Encoding.UTF8.GetBytes($"[{string.Join(',', entries.Select(entry => Encoding.UTF8.GetString(entry.Span)))}]");
        if (!_hasBucket)
        {
            await CreateBucketAsync(cancellation).ConfigureAwait(false);
        }

        HttpReply reply = await _http.SendAsync(HttpMethod.Post, "api/events", body, Json, compress: false, cancellation).ConfigureAwait(false);
        if (reply.Status == HttpStatusCode.BadRequest && reply.Body.Contains("BUCKET_REMOVED", StringComparison.Ordinal))
        {
            _hasBucket = false;
            throw new SinkException($"The bucket '{_settings.BucketKey}' was removed at Initial State. The next sync creates it again.", _settings.BucketKey);
        }

        return reply.Status switch
        {
            _ when IsAcknowledged(reply) => SendResult.Accepted,
            HttpStatusCode.RequestEntityTooLarge => new SendResult("It is larger than Initial State allows."),
            HttpStatusCode.BadRequest when reply.Json is not null => new SendResult($"Initial State rejected it: {reply.Message}"),
            _ => throw Failure(reply),
        };
    }

    private async Task CreateBucketAsync(CancellationToken cancellation)
    {
        DataObject bucket = new(
            new("bucketKey", DataValue.From(_settings.BucketKey)),
            new("bucketName", DataValue.From(_settings.BucketName ?? _settings.BucketKey)));
        byte[] body = Encoding.UTF8.GetBytes(DataValue.From(bucket).ToJson());
        HttpReply reply = await _http.SendAsync(HttpMethod.Post, "api/buckets", body, Json, compress: false, cancellation).ConfigureAwait(false);
        _hasBucket = IsAcknowledged(reply) ? true : throw Failure(reply);
    }

    // A proxy or a login page answers 200 too, without a body or with JSON of its own, and the data would be lost.
    /// <summary>Initial State answers 201 or 204 without a body, or a JSON object with nothing but its consent. Other successes are not its own.</summary>
    private static bool IsAcknowledged(HttpReply reply) => reply.Status switch
    {
        HttpStatusCode.Created or HttpStatusCode.NoContent when string.IsNullOrWhiteSpace(reply.Body) => true,
        HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted => reply.Json is { Kind: DataKind.Object } body && body.AsObject().All(member => IsConsent(member.Key, member.Value)),
        _ => false,
    };

    private static bool IsConsent(string name, DataValue value)
        => name is "message" or "status" && value.Kind == DataKind.Text && value.AsText().ToUpperInvariant() is "OK" or "SUCCESS" or "ACCEPTED" or "CREATED";

    private SinkException Failure(HttpReply reply) => reply.IsSuccess ? _http.Unacknowledged(reply) : reply.Status == HttpStatusCode.PaymentRequired
        ? new($"The account at Initial State has reached its limit: {reply.Sentence}", _settings.BucketKey)
        : new($"Initial State at {_settings.Location} rejects the request ({(int)reply.Status}): {reply.Sentence} Check the address.", _settings.BucketKey);
}
