using System.IO.Compression;
using Microsoft.Extensions.Primitives;

namespace ConnectorDb.Server.Security;

/// <summary>A request body that arrives packed with gzip, as the bytes that its endpoint reads. The limits count these, and not the packed ones.</summary>
internal sealed class UnpackedBody : BodyStream
{
    private const string Gzip = "gzip";

    private readonly GZipStream _unpacked;

    private UnpackedBody(Stream packed) => _unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);

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
        try
        {
            return await _unpacked.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new BadHttpRequestException("The body is not gzip, as its header Content-Encoding says, or is damaged. Send it as it is, without that header.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
