using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ConnectorDb.Core.Sinks.Http;

/// <summary>The status and body of a response.</summary>
internal sealed record HttpReply(HttpStatusCode Status, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The error message: a member of a JSON body, else the body, else the status. Never empty.</summary>
    public string Message => (ErrorMember() ?? Body).Trim() is { Length: > 0 } text ? text : $"{(int)Status} {Status}";

    private string? ErrorMember()
    {
        try
        {
            DataValue body = DataValue.Parse(Body);
            foreach (string name in new[] { "error", "message" })
            {
                if (body.Kind == DataKind.Object && body.AsObject().TryGetValue(name, out DataValue text))
                {
                    return text.Kind == DataKind.Text ? text.AsText() : text.ToJson();
                }
            }
        }
        catch (JsonException)
        {
            // Not every server reports errors as JSON.
        }

        return null;
    }
}

/// <summary>
/// Sends HTTP requests to one service. Errors of the service as a whole (unreachable, login failed, busy) are exceptions; all other
/// responses are returned.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private const int MinCompressedSize = 1024;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(100);
    private readonly HttpClient _client;
    private readonly string _name;
    private readonly TimeProvider _time;

    /// <param name="name">The name of the service in errors.</param>
    /// <exception cref="InvalidValueException">The address is invalid or contains a password.</exception>
    public HttpSender(string url, string name, TimeProvider time)
    {
        Uri address = ServerAddress.Parse(url);
        _name = $"{name} at {address.GetLeftPart(UriPartial.Authority)}";
        _time = time;
        _client = new HttpClient(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) })
        {
            BaseAddress = new Uri($"{url.TrimEnd('/')}/"),
            Timeout = s_timeout,
        };
    }

    /// <summary>The headers of every request.</summary>
    public HttpRequestHeaders Headers => _client.DefaultRequestHeaders;

    /// <param name="path">The path below the address of the service, without a leading slash.</param>
    /// <exception cref="SinkException">The service is unreachable, busy or failing.</exception>
    /// <exception cref="AuthenticationException">The login failed.</exception>
    public async Task<HttpReply> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body, string type, bool compress, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(method, path);
        if (!body.IsEmpty)
        {
            bool isCompressed = compress && body.Length >= MinCompressedSize;
            request.Content = new ReadOnlyMemoryContent(isCompressed ? Compressed(body) : body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (isCompressed)
            {
                request.Content.Headers.ContentEncoding.Add("gzip");
            }
        }

        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, cancellation).ConfigureAwait(false);
            HttpReply reply = new(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
            ThrowIfUnavailable(reply, response);
            return reply;
        }
        catch (HttpRequestException error)
        {
            throw new SinkException($"{_name} cannot be reached: {(error.InnerException ?? error).Message.TrimEnd('.')}. The logger keeps the entries.", _name, error);
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new SinkException($"{_name} did not respond within {s_timeout.TotalSeconds} seconds. The logger keeps the entries.", _name, error);
        }
    }

    public void Dispose() => _client.Dispose();

    private void ThrowIfUnavailable(HttpReply reply, HttpResponseMessage response)
    {
        if (reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new AuthenticationException($"{_name} rejected the key or password ({(int)reply.Status}): {reply.Message} Set a valid one with Set-CdbLogger.", _name);
        }

        if (reply.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)reply.Status >= 500)
        {
            TimeSpan? wait = RetryAfter(response.Headers.RetryAfter);
            string when = wait is null ? "" : string.Create(CultureInfo.InvariantCulture, $" It asks for a pause of {wait.Value.TotalSeconds:0} seconds.");
            throw new SinkException($"{_name} is temporarily unavailable ({(int)reply.Status}): {reply.Message}{when}", _name) { RetryAfter = wait };
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
        => header?.Delta ?? (header?.Date is { } date ? date - _time.GetUtcNow() : null);

    private static byte[] Compressed(ReadOnlyMemory<byte> body)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body.Span);
        }

        return compressed.ToArray();
    }
}
