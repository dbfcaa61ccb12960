using System.Buffers.Binary;

namespace ConnectorDb.Server.Security;

/// <summary>The last bytes of gzip, which tell the unpacked size modulo 2^32 (RFC 1952, ISIZE). <see cref="System.IO.Compression.GZipStream"/> takes any end for the right one.</summary>
internal sealed class GzipTrailer
{
    /// <summary>The header and the trailer.</summary>
    private const int LeastLength = 18;

    private readonly byte[] _last = new byte[sizeof(uint)];
    private long _length;

    /// <summary>Takes the next packed bytes.</summary>
    public void Add(ReadOnlySpan<byte> packed)
    {
        _length += packed.Length;
        ReadOnlySpan<byte> last = packed[^Math.Min(packed.Length, _last.Length)..];
        _last.AsSpan(last.Length..).CopyTo(_last);
        last.CopyTo(_last.AsSpan(_last.Length - last.Length));
    }

    /// <summary>False when the bytes were cut, or more follow: then this is not the size.</summary>
    public bool Fits(long unpacked) => _length >= LeastLength && BinaryPrimitives.ReadUInt32LittleEndian(_last) == (uint)unpacked;
}
