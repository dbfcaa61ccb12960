using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ConnectorDb.Core.Sinks.Http;

/// <summary>
/// Sends HTTP requests to one service. Errors of the service as a whole (unreachable, login failed, busy) and redirects are exceptions;
/// all other responses are returned.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private const int MinCompressedSize = 1024;
    private const int MaxReplySize = 16 << 20;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(15);
    private readonly HttpClient _client;
    private readonly string _name;
    private readonly Uri _root;
    private readonly TimeProvider _time;

    /// <param name="name">The name of the service in errors.</param>
    /// <exception cref="InvalidValueException">The address is invalid or contains a password.</exception>
    public HttpSender(string url, string name, TimeProvider time)
    {
        Uri address = ServerAddress.Parse(url);
        _name = $"{name} at {address.GetLeftPart(UriPartial.Authority)}";
        _time = time;
        _root = new Uri($"{url.TrimEnd('/')}/");

        // A redirect could lead the key and the data to another server, and a login page at its end looks like a success.
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = s_connectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
        _client = new HttpClient(handler) { BaseAddress = _root, Timeout = s_timeout, MaxResponseContentBufferSize = MaxReplySize };
    }

    /// <summary>True when every request may arrive twice; otherwise only those that read.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>The headers of every request.</summary>
    public HttpRequestHeaders Headers => _client.DefaultRequestHeaders;

    /// <param name="path">The path below the address of the service, without a leading slash.</param>
    /// <param name="isAboutContent">Returns true for an error that concerns the content of the request, whatever its status. It is returned.</param>
    /// <exception cref="SinkException">The service is unreachable, busy, failing or redirects.</exception>
    /// <exception cref="AuthenticationException">The login failed.</exception>
    public async Task<HttpReply> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string type, bool compress, CancellationToken cancellation, Func<HttpReply, bool>? isAboutContent = null)
    {
        bool isCompressed = compress && body.Length >= MinCompressedSize;
        ReadOnlyMemory<byte> content = isCompressed ? Compressed(body) : body;
        try
        {
            using HttpResponseMessage response = await SendAsync(() => Request(method, path, content, type, isCompressed), cancellation).ConfigureAwait(false);
            HttpReply reply = new(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
            ThrowIfUnavailable(reply, response, isAboutContent);
            return reply;
        }
        catch (HttpRequestException error)
        {
            throw new SinkException(Unreachable.Describe(error, _name, _root), _name, error);
        }
        catch (SocketException error)
        {
            // HttpClient does not wrap this error of a connection that its peer resets at once, seen on the code path of Windows.
            throw new SinkException(Unreachable.Describe(new HttpRequestException(HttpRequestError.ConnectionError, inner: error), _name, _root), _name, error);
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new SinkException($"{_name} did not respond in time.", _name, error);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The error for a success that the protocol does not promise: something else than the service has answered.</summary>
    public SinkException Unacknowledged(HttpReply reply)
        => new($"{_name} answered {(int)reply.Status} with {(string.IsNullOrWhiteSpace(reply.Body) ? "nothing" : reply.Message)}, which does not acknowledge the data. Perhaps a login page or a proxy answers in its place: open the address in a browser, and check it.", _name);

    /// <summary>Sends a request, and again if the connection breaks: a server may close an idle one in the moment of the next request.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using HttpRequestMessage request = make();
        try
        {
            return await _client.SendAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when ((IsIdempotent || request.Method == HttpMethod.Get) && (error.HttpRequestError == HttpRequestError.ResponseEnded || error.InnerException is IOException))
        {
            using HttpRequestMessage again = make();
            return await _client.SendAsync(again, cancellation).ConfigureAwait(false);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, ReadOnlyMemory<byte> content, string type, bool isCompressed)
    {
        HttpRequestMessage request = new(method, path);
        if (!content.IsEmpty)
        {
            request.Content = new ReadOnlyMemoryContent(content);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (isCompressed)
            {
                request.Content.Headers.ContentEncoding.Add("gzip");
            }
        }

        return request;
    }

    private void ThrowIfUnavailable(HttpReply reply, HttpResponseMessage response, Func<HttpReply, bool>? isAboutContent)
    {
        if (reply.Status == HttpStatusCode.Unauthorized)
        {
            throw new AuthenticationException($"{_name} rejected the key or password (401): {reply.Sentence} Set a valid one with New-CdbSink and Set-CdbLogger.", _name);
        }

        if (reply.Status == HttpStatusCode.Forbidden)
        {
            throw new AuthenticationException($"{_name} does not allow this login to do that (403): {reply.Sentence} Give it the right to write, or use another key or user.", _name);
        }

        if ((int)reply.Status is >= 300 and < 400)
        {
            string where = response.Headers.Location is { } location ? $"to '{Plain(new Uri(_root, location))}'" : reply.Message;
            throw new SinkException($"{_name} redirects ({(int)reply.Status}) {where}. Redirects are not followed, so that no key and no data reach another server. Use the address of the service itself; if a network asks for a login, log in there first.", _name);
        }

        if (isAboutContent?.Invoke(reply) == true)
        {
            return;
        }

        if (reply.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)reply.Status >= 500)
        {
            TimeSpan? wait = RetryAfter(response.Headers.RetryAfter);
            string when = wait is null ? "" : $" It asks for a pause of {SecondsText.Of(Math.Round(wait.Value.TotalSeconds))}.";
            throw new SinkException($"{_name} is temporarily unavailable ({(int)reply.Status}): {reply.Sentence}{when}", _name) { RetryAfter = wait };
        }
    }

    /// <summary>The address without a login or a query, which may contain secrets.</summary>
    private static string Plain(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

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
