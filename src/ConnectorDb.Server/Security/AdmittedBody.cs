using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Security;

/// <summary>The admission of one request body, until the request ends. A body of unknown length is admitted in steps while it is read.</summary>
internal sealed class AdmittedBody : BodyStream
{
    private const long Step = 64 << 10;

    private readonly BodyAdmission _admission;
    private readonly Stream _inner;
    private long _admitted;
    private long _read;
    private bool _isEnded;

    private AdmittedBody(BodyAdmission admission, string caller, Stream inner, long admitted)
        => (_admission, Caller, _inner, _admitted) = (admission, caller, inner, admitted);

    /// <summary>The name under which the bodies of one caller count.</summary>
    public string Caller { get; }

    /// <exception cref="ServerBusyException">The limit was reached for too long.</exception>
    public static async ValueTask<AdmittedBody> EnterAsync(HttpContext context, BodyAdmission admission, string caller)
    {
        HttpRequest request = context.Request;
        long bytes = request.ContentLength ?? Step;
        await admission.EnterAsync(caller, bytes, context.RequestAborted);
        AdmittedBody body = new(admission, caller, request.Body, bytes);
        if (request.ContentLength is null)
        {
            request.Body = body;
        }

        return body;
    }

    /// <exception cref="BadHttpRequestException">The size of a chunk is larger than any body.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = await ReadChunksAsync(buffer, cancellationToken);
        _read += count;
        if (_read > _admitted && !_isEnded)
        {
            await _admission.GrowAsync(this, Step, cancellationToken);
            _admitted += Step;
        }

        return count;
    }

    /// <remarks>For other faults of chunks, Kestrel throws <see cref="BadHttpRequestException"/> itself.</remarks>
    private async ValueTask<int> ReadChunksAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return await _inner.ReadAsync(buffer, cancellation);
        }
        catch (IOException error) when (error.InnerException is OverflowException)
        {
            throw new BadHttpRequestException("The body is not chunked as its header Transfer-Encoding says: the size of a chunk is too large.", StatusCodes.Status400BadRequest, error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        // After the request, the rest of the body is still read, and discarded. The reader of the body disposes it too.
        if (!_isEnded)
        {
            _isEnded = true;
            _admission.Leave(Caller, _admitted, this);
        }

        base.Dispose(disposing);
    }
}
