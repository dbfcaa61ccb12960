using System.IO.Compression;
using ConnectorDb.Core.Protocol;
using Microsoft.Extensions.Primitives;

namespace ConnectorDb.Server.Security;

/// <summary>A request body that arrives packed with gzip, as the bytes that its endpoint reads. The limits count these, and not the packed ones.</summary>
internal sealed class UnpackedBody : BodyStream
{
    private const string Gzip = "gzip";

    private readonly GZipStream _unpacked;
    private readonly GzipTrailer _trailer = new();
    private long _size;

    private UnpackedBody(Stream packed) => _unpacked = new GZipStream(new PackedBody(packed, _trailer), CompressionMode.Decompress);

    /// <summary>Replaces a packed body by its content, of unknown length.</summary>
    /// <exception cref="BadHttpRequestException">It has an encoding that the server does not know.</exception>
    /// <exception cref="AuthenticationException">An anonymous caller, whose bodies are small, sends a packed one.</exception>
    public static void Replace(HttpContext context, Caller caller)
    {
        HttpRequest request = context.Request;
        StringValues encodings = request.Headers.ContentEncoding;
        string encoding = encodings.ToString().Trim();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (!encoding.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && !encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.AcceptEncoding = Gzip;
            throw new BadHttpRequestException($"The body has the encoding '{encoding}' (header Content-Encoding), which this server does not know. Send it with gzip, or as it is.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (caller.IsAnonymous)
        {
            throw AnonymousBody.Refused();
        }

        request.Body = new UnpackedBody(request.Body);
        request.ContentLength = null;
        request.Headers.Remove("Content-Encoding");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await _unpacked.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new BadHttpRequestException("The body is not gzip, as its header Content-Encoding says, or is damaged. Send it as it is, without that header.");
        }

        _size += count;
        return count > 0 || buffer.IsEmpty || _trailer.Fits(_size) ? count
            : throw new BadHttpRequestException("The body, packed with gzip, ends early or is of several parts. Nothing of it was stored. Send it again, packed as one.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The body as it arrives.</summary>
    private sealed class PackedBody(Stream packed, GzipTrailer trailer) : BodyStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await packed.ReadAsync(buffer, cancellationToken);
            trailer.Add(buffer.Span[..count]);
            return count;
        }
    }
}
