using System.Buffers;
using System.Text;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Collects the bytes of a segment in a scratch array. The last bytes can be taken back.</summary>
internal sealed class ByteWriter(int depth = 0) : IBufferWriter<byte>, IDisposable
{
    private const int FirstCapacity = 1 << 14;
    private byte[] _bytes = ScratchArrays.Rent<byte>(FirstCapacity);

    /// <summary>The number of columns around this one.</summary>
    public int Depth { get; } = depth;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        int needed = checked(Length + Math.Max(sizeHint, 1));
        if (needed > _bytes.Length)
        {
            byte[] larger = ScratchArrays.Rent<byte>((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
            Written.CopyTo(larger);
            ScratchArrays.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public void Advance(int count) => Length += count;

    public void Byte(byte value)
    {
        GetSpan()[0] = value;
        Length++;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Writes seven bits per byte, the lowest first; the high bit means that more follow (LEB128).</summary>
    public void Varint(ulong value)
    {
        const int Longest = 10;
        Span<byte> free = GetSpan(Longest);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            free[length++] = (byte)(value | 0x80);
        }

        free[length++] = (byte)value;
        Length += length;
    }

    public void SignedVarint(long value) => Varint((ulong)ZigZag.Encode(value));

    /// <summary>A short name: its length and its ASCII letters.</summary>
    public void Name(string name)
    {
        Varint((ulong)name.Length);
        Bytes(Encoding.ASCII.GetBytes(name));
    }

    /// <summary>Overwrites a byte that was reserved.</summary>
    public void Patch(int at, byte value) => _bytes[at] = value;

    /// <summary>Removes everything from <paramref name="start"/> on.</summary>
    public void Rewind(int start) => Length = start;

    /// <summary>Moves all from <paramref name="from"/> on down to <paramref name="to"/>.</summary>
    public void Move(int from, int to)
    {
        int length = Length - from;
        _bytes.AsSpan(from, length).CopyTo(_bytes.AsSpan(to));
        Length = to + length;
    }

    public void Dispose() => ScratchArrays.Return(_bytes);
}
