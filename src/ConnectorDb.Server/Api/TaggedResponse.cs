using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace ConnectorDb.Server.Api;

/// <summary>Writes content with a tag: 304 without content to clients that have it, and compressed to those that accept an encoding.</summary>
internal static class TaggedResponse
{
    /// <summary>Writes JSON of moderate size that compresses well, such as columns of numbers.</summary>
    /// <remarks>
    /// Only for content without secrets: the length of compressed text tells whether a part that an attacker supplies occurs in the rest of it
    /// (BREACH, CVE-2013-3587).
    /// </remarks>
    public static Task WriteTaggedJsonAsync(this HttpContext context, Action<Utf8JsonWriter> write)
    {
        ReadOnlyMemory<byte> json = JsonResponses.Bytes(write);
        context.Response.ContentType = JsonResponses.Json;
        return context.WriteTaggedAsync(Hash(json.Span), () => json, ("gzip", () => Compress(json.Span, CompressionLevel.Optimal)));
    }

    /// <param name="context">The request.</param>
    /// <param name="hash">The hash of the content.</param>
    /// <param name="content">Returns the content.</param>
    /// <param name="encodings">The names of encodings, the best first, and what returns the content in them.</param>
    public static async Task WriteTaggedAsync(this HttpContext context, string hash, Func<ReadOnlyMemory<byte>> content, params (string Name, Func<ReadOnlyMemory<byte>> Content)[] encodings)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.Append("Vary", "Accept-Encoding");
        IList<StringWithQualityHeaderValue> accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        (string? encoding, Func<ReadOnlyMemory<byte>>? encode) = Array.Find(encodings, one => accepted.Any(other => other.Value.Equals(one.Name, StringComparison.OrdinalIgnoreCase) && other.Quality != 0));

        // A tag belongs to the bytes that are sent (RFC 9110, 8.8.3).
        string tag = $"\"{hash[..32]}{(encoding is null ? "" : $"-{encoding}")}\"";
        headers.ETag = tag;
        if (context.Request.IsRead() && context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (encoding is not null)
        {
            headers.ContentEncoding = encoding;
        }

        await context.SendAsync((encode ?? content)());
    }

    /// <summary>The SHA-256 hash in hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static byte[] Compress(ReadOnlySpan<byte> content, CompressionLevel level)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, level))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
