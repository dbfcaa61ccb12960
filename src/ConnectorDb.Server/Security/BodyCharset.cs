using Microsoft.Net.Http.Headers;

namespace ConnectorDb.Server.Security;

/// <summary>The charset of a request body. The API reads UTF-8 only, and texts in another would be stored as other texts.</summary>
internal static class BodyCharset
{
    /// <summary>Names of UTF-8 and of ASCII, which is a part of it.</summary>
    private static readonly string[] s_known = ["utf-8", "utf8", "us-ascii", "ascii"];

    /// <exception cref="BadHttpRequestException">The header Content-Type names another charset.</exception>
    public static void Check(HttpRequest request)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && HeaderUtilities.RemoveQuotes(type.Charset) is { Length: > 0 } charset
            && !s_known.Contains(charset.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            throw new BadHttpRequestException($"The body has the charset '{charset}' (header Content-Type), which this server does not read. Send it as UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        }
    }
}
