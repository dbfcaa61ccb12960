using System.IO.Compression;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Influx;

/// <summary>Unpacks a body that is packed with gzip.</summary>
internal static class GzipBody
{
    /// <summary>The unpacked bytes.</summary>
    /// <param name="packed">The body.</param>
    /// <param name="most">Maximum size of the unpacked body.</param>
    /// <exception cref="InfluxErrorException">The body is not gzip, or ends early.</exception>
    /// <exception cref="BadHttpRequestException">The unpacked body is too large.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, long most)
    {
        if (packed.Length < 2 || packed.Span[0] != 0x1F || packed.Span[1] != 0x8B)
        {
            throw new InfluxErrorException(StatusCodes.Status400BadRequest, packed.IsEmpty ? "EOF" : "gzip: invalid header");
        }

        using MemoryStream plain = new();
        using GZipStream source = new(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        byte[] part = new byte[1 << 16];
        try
        {
            while (source.Read(part) is var count and > 0)
            {
                plain.Write(part, 0, count);
                RequestBodyLimit.Check(plain.Length, most);
            }
        }
        catch (InvalidDataException)
        {
            throw new InfluxErrorException(StatusCodes.Status400BadRequest, "gzip: invalid header");
        }

        GzipTrailer trailer = new();
        trailer.Add(packed.Span);
        return trailer.Fits(plain.Length) ? plain.GetBuffer().AsMemory(0, (int)plain.Length) : throw new InfluxErrorException(StatusCodes.Status400BadRequest, "unexpected EOF");
    }
}
