using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>
/// Samples one HTTP request on a new connection, so that the certificate is checked each time. A response with any status is a
/// value; an untrusted certificate is an error.
/// </summary>
[Sampler("net.http", "The status of a web page, the time until its headers were there (ms), and the days until its certificate ends.", Argument = "Address, http:// or https://.")]
internal sealed class HttpSampler : Sampler
{
    private readonly HttpClient _client;
    private readonly Uri _address;
    private DateTime? _certificateEnd;

    public HttpSampler(SamplerContext context)
        : base(context)
    {
        _address = Uri.TryCreate(context.RequiredArgument, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? address!
            : throw new InvalidValueException($"'{context.Argument}' is not a web address. Use one such as 'https://example.org/'.", context.Argument);
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero };
        handler.SslOptions.RemoteCertificateValidationCallback = Look;
        _client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            _certificateEnd = null;
            long start = Time.GetTimestamp();
            using HttpResponseMessage answer = await _client.GetAsync(_address, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            (string, DataValue)[] fields = [("status", DataValue.From((long)answer.StatusCode)), ("ms", Since(start))];
            return _certificateEnd is { } end
                ? Fields([.. fields, ("certificateDays", DataValue.From((end.ToUniversalTime() - Time.GetUtcNow().UtcDateTime).TotalDays))])
                : Fields(fields);
        }
        catch (HttpRequestException error)
        {
            throw NoValue($"'{_address}' did not answer: {(error.InnerException ?? error).Message}", error);
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    private bool Look(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _certificateEnd = (certificate as X509Certificate2)?.NotAfter;
        return errors == SslPolicyErrors.None;
    }
}
