using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>Sends requests with one login, and maps failures to exceptions.</summary>
/// <remarks>Safe requests are retried with growing pauses when the connection breaks or the server asks for a later retry; others only when nothing of them was sent.</remarks>
internal sealed class RestConnection : IDisposable
{
    private const string Api = "api/v1/";
    private readonly TimeSpan _timeout;
    private readonly RetryPolicy _retries;
    private readonly TimeProvider _time;
    private readonly bool _ownsHttp = true;

    public RestConnection(RemoteOptions options)
    {
        _timeout = options.Timeout;
        _retries = options.Retries;
        _time = options.Time;
        Root = RootOf(options.Url);
        Http = new HttpMessageInvoker(HttpHandlerFactory.Create(options));
        Authorization = options.UserName is { } user ? Basic(user, options.Password ?? "")
            : options.ApiKey is { } key ? Basic("", key)
            : null;
    }

    private RestConnection(RestConnection other, string apiKey)
    {
        _timeout = other._timeout;
        _retries = other._retries;
        _time = other._time;
        _ownsHttp = false;
        Root = other.Root;
        Http = other.Http;
        Authorization = Basic("", apiKey);
    }

    /// <summary>The base address of all requests.</summary>
    public Uri Root { get; }

    /// <summary>The credentials; null for an anonymous client.</summary>
    public AuthenticationHeaderValue? Authorization { get; private set; }

    /// <summary>The invoker that websockets are opened with.</summary>
    public HttpMessageInvoker Http { get; }

    /// <summary>A connection to the same server with another login; must be disposed before this one.</summary>
    public RestConnection With(string apiKey) => new(this, apiKey);

    /// <summary>Uses an API key for all later requests.</summary>
    public void UseKey(string apiKey) => Authorization = Basic("", apiKey);

    /// <summary>Sends the request and returns a successful response, whose body is not read yet.</summary>
    /// <exception cref="CdbException">The error of the server, or of the connection.</exception>
    public async Task<HttpResponseMessage> SendAsync(RestRequest request, CancellationToken cancellation)
    {
        for (int failures = 1; ; failures++)
        {
            TimeSpan? asked = null;
            try
            {
                HttpResponseMessage answer = await SendOnceAsync(request, cancellation).ConfigureAwait(false);
                Trace(request, $"{(int)answer.StatusCode} {answer.ReasonPhrase}");
                if (answer.IsSuccessStatusCode)
                {
                    return answer;
                }

                using (answer)
                {
                    if (ErrorResponses.IsRedirect(answer))
                    {
                        throw ErrorResponses.Redirect(answer, Root);
                    }

                    asked = RetryAfterOf(answer);
                    if (!IsRetryable(request, answer.StatusCode) || failures >= MaxAttempts(request))
                    {
                        throw await ErrorResponses.ReadAsync(answer, request, cancellation).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception error) when (ConnectionErrors.Is(error))
            {
                Trace(request, error.Message);
                bool isSafe = request.IsSafe || ConnectionErrors.IsBeforeSending(error);
                if (!isSafe || failures >= MaxAttempts(request))
                {
                    throw ConnectionErrors.ToException(error, Root);
                }
            }

            await PauseAsync(failures, asked, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Waits before the next attempt.</summary>
    public Task PauseAsync(int failures, TimeSpan? asked, CancellationToken cancellation)
    {
        TimeSpan pause = _retries.PauseAfter(failures, asked);
        OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"Attempt {failures} of {_retries.Attempts} failed. The next one follows in {pause.TotalSeconds:0.#} s."));
        return Task.Delay(pause, _time, cancellation);
    }

    /// <summary>Sends the request and reads the whole body of the response.</summary>
    public async Task<RestResponse> SendAndReadAsync(RestRequest request, CancellationToken cancellation)
    {
        for (int failures = 1; ; failures++)
        {
            using HttpResponseMessage answer = await SendAsync(request, cancellation).ConfigureAwait(false);
            try
            {
                Stream body = await OpenAsync(answer, cancellation).ConfigureAwait(false);
                await using (body.ConfigureAwait(false))
                {
                    using MemoryStream copy = new();
                    await body.CopyToAsync(copy, cancellation).ConfigureAwait(false);
                    return new RestResponse(copy.ToArray(), answer.Headers, request.About);
                }
            }
            catch (Exception error) when (ConnectionErrors.Is(error))
            {
                Trace(request, error.Message);
                if (!request.IsSafe || failures >= MaxAttempts(request))
                {
                    throw ConnectionErrors.ToException(error, Root);
                }
            }

            await PauseAsync(failures, null, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Opens the body of a response; reading fails when the server sends nothing for too long.</summary>
    public async Task<Stream> OpenAsync(HttpResponseMessage answer, CancellationToken cancellation)
        => new ReadTimeoutStream(await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), _timeout, _time);

    public void Dispose()
    {
        if (_ownsHttp)
        {
            Http.Dispose();
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(RestRequest request, CancellationToken cancellation)
    {
        using HttpRequestMessage message = new(request.Method, new Uri(Root, request.Address));
        message.Headers.Authorization = Authorization;
        message.Headers.Add(ProtocolHeaders.Client, CdbEngine.Version);
        if (request.InsertId is { } id)
        {
            message.Headers.Add(ProtocolHeaders.InsertId, id);
        }

        foreach (string preference in request.Preferences)
        {
            message.Headers.Add(ProtocolHeaders.Prefer, preference);
        }

        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using CancellationTokenSource silence = new(_timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            return await Http.SendAsync(message, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {SecondsText.Of(_timeout.TotalSeconds)}.");
        }
    }

    private void Trace(RestRequest request, string outcome)
        => OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"{request.Method} {new Uri(Root, request.Address)}{(request.Body is { } body ? string.Create(CultureInfo.InvariantCulture, $", {CountText.Of(body.Length, "byte")}") : "")}: {outcome}"));

    private int MaxAttempts(RestRequest request) => request.IsSingleAttempt ? 1 : _retries.Attempts;

    private static bool IsRetryable(RestRequest request, HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => true,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => request.IsSafe,
        _ => false,
    };

    private TimeSpan? RetryAfterOf(HttpResponseMessage answer)
        => answer.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - _time.GetUtcNow()) : null;

    private static AuthenticationHeaderValue Basic(string user, string password)
        => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static Uri RootOf(Uri url)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https"))
        {
            throw new InvalidValueException($"'{url}' is not the address of a server. Give one like http://127.0.0.1:3124.", url.ToString());
        }

        if (url.UserInfo.Length > 0)
        {
            throw new InvalidValueException($"The address of '{url.Host}' contains a login, which is visible to others. Give it with -Credential or -ApiKey.", url.Host);
        }

        string text = url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";
        return new Uri(text.EndsWith("/" + Api, StringComparison.Ordinal) ? text : text + Api);
    }
}
