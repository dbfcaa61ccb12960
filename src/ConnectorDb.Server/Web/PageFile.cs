using System.IO.Compression;
using ConnectorDb.Server.Api;

namespace ConnectorDb.Server.Web;

/// <summary>A file of the page. It is compressed once, when it is first asked for.</summary>
internal sealed class PageFile
{
    private const string CompressedEnd = ".gz";

    /// <summary>Of the chart library, the highest quality, 11, saves 5 % more and takes ten times as long.</summary>
    private const int BrotliQuality = 9;

    private readonly Lazy<byte[]> _content;
    private readonly Lazy<byte[]> _gzip;
    private readonly Lazy<byte[]> _brotli;

    private PageFile(string name, string hash, Lazy<byte[]> content, Lazy<byte[]> gzip)
    {
        (Name, Hash, _content, _gzip) = (name, hash, content, gzip);
        _brotli = new Lazy<byte[]>(() => CompressByBrotli(_content.Value));
    }

    public string Name { get; }

    /// <summary>The SHA-256 hash of the resource, in hexadecimal digits.</summary>
    public string Hash { get; }

    private string Type => Path.GetExtension(Name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "text/html; charset=utf-8",
    };

    /// <param name="name">The name of the resource; one that ends in <c>.gz</c> is compressed.</param>
    public static PageFile Of(string name, byte[] resource)
    {
        string hash = TaggedResponse.Hash(resource);
        return name.EndsWith(CompressedEnd, StringComparison.Ordinal)
            ? new PageFile(name[..^CompressedEnd.Length], hash, new Lazy<byte[]>(() => Decompress(resource)), new Lazy<byte[]>(resource))
            : new PageFile(name, hash, new Lazy<byte[]>(resource), new Lazy<byte[]>(() => TaggedResponse.Compress(resource, CompressionLevel.SmallestSize)));
    }

    /// <summary>Sends the content, or 304 when the browser has it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = Type;
        return context.WriteTaggedAsync(Hash, () => _content.Value, ("br", () => _brotli.Value), ("gzip", () => _gzip.Value));
    }

    private static byte[] CompressByBrotli(byte[] content)
    {
        using MemoryStream compressed = new();
        using (BrotliStream brotli = new(compressed, new BrotliCompressionOptions { Quality = BrotliQuality }))
        {
            brotli.Write(content);
        }

        return compressed.ToArray();
    }

    private static byte[] Decompress(byte[] compressed)
    {
        using GZipStream gzip = new(new MemoryStream(compressed), CompressionMode.Decompress);
        using MemoryStream content = new();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
