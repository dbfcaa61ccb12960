using System.Net;
using System.Text.Json;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples a value of a JSON answer. Redirects are errors, because the headers are meant for the named host only.</summary>
[Sampler("http.json", "A value of a JSON answer.", Argument = "ADDRESS | POINTER, such as 'http://192.168.1.20/status | /main/temp' (JSON Pointer; without it the whole answer), or a JSON object with url, path, method, headers and body. A header is a text, {\"env\": NAME} or {\"file\": PATH}.")]
internal sealed class JsonSampler : Sampler
{
    /// <summary>The maximum number of bytes of an answer.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, UseCookies = false })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MostBytes,
    };

    private readonly JsonRequest _request;

    public JsonSampler(SamplerContext context)
        : base(context) => _request = new JsonRequest(context.RequiredArgument);

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            using HttpRequestMessage message = _request.Create();
            using HttpResponseMessage answer = await _client.SendAsync(message, cancellation).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw NoValue($"'{_request.Place}' answered {(int)answer.StatusCode}{(answer.Headers.Location is { } other ? $" with the new address '{new Uri(message.RequestUri!, other).GetLeftPart(UriPartial.Path)}'; use that one" : "")}.");
            }

            DataValue all = DataValue.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
            return JsonPointer.Find(all, _request.Pointer) ?? throw NoValue($"The answer of '{_request.Place}' has nothing at {_request.Pointer}: {TextValue.Shorten(all.ToJson())}");
        }
        catch (HttpRequestException error)
        {
            throw NoValue($"'{_request.Place}' did not answer: {(error.InnerException ?? error).Message}", error);
        }
        catch (JsonException error)
        {
            throw NoValue($"The answer of '{_request.Place}' is not JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoValue($"The request to '{_request.Place}' cannot be made: {error.Message}", error);
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }
}
