using System.Text;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Refuses requests whose end two programs could see at different places (RFC 9112, sections 6.1 and 6.3), which Kestrel serves: behind a proxy, the rest of one would be read as the request of another
/// caller. The connection ends.
/// </summary>
internal static class RequestFraming
{
    private const string Chunked = "chunked";

    /// <summary>Kestrel moves the length of a request with both headers to this one.</summary>
    private const string MovedLength = "X-Content-Length";

    private static readonly DigitEncoding s_digits = new();

    /// <summary>The encoding of a header, null for the usual one. It makes Kestrel accept only digits as a length; its own parser also takes a sign.</summary>
    public static Encoding? EncodingOf(string header) => header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? s_digits : null;

    public static void UseFraming(this IApplicationBuilder application) => application.Use((context, next) =>
    {
        if (context.Request.Headers.TransferEncoding.Count > 0 && FindFault(context.Request) is { } fault)
        {
            context.Response.Headers.Connection = "close";
            throw fault;
        }

        return next(context);
    });

    private static BadHttpRequestException? FindFault(HttpRequest request)
    {
        string[] codings = [.. request.Headers.TransferEncoding.SelectMany(header => (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        return !HttpProtocol.IsHttp11(request.Protocol) ? new BadHttpRequestException("Only HTTP/1.1 has the header Transfer-Encoding. Send the header Content-Length, or use HTTP/1.1.")
            : request.Headers.ContainsKey(MovedLength) ? new BadHttpRequestException("The request has the headers Transfer-Encoding and Content-Length, and its body can have only one end. Send one of them.")
            : !codings.All(IsChunked) ? new BadHttpRequestException("The header Transfer-Encoding names a coding that this server does not know. Send 'Transfer-Encoding: chunked'; 'Content-Encoding: gzip' tells that the body is packed.", StatusCodes.Status501NotImplemented)
            : codings.Length > 1 ? new BadHttpRequestException("The header Transfer-Encoding names 'chunked' more than once. Send it once.")
            : null;

        static bool IsChunked(string coding) => coding.Equals(Chunked, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class DigitEncoding : ASCIIEncoding
    {
        public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
        {
            if (bytes.Length <= chars.Length && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return base.GetChars(bytes, chars);
            }

            // No number, so that Kestrel refuses it.
            chars[0] = '?';
            return 1;
        }
    }
}
