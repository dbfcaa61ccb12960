using System.Text;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Reads the bytes of a <see cref="ByteWriter"/> and trusts none of them: impossible bytes are an <see
/// cref="InvalidDataException"/> before memory is allocated for them.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The maximum number of values in all columns of a segment, nested values included.</summary>
    public const int MostValues = 1 << 22;

    /// <summary>The maximum depth of nested columns.</summary>
    public const int Deepest = 32;

    private ReadOnlySpan<byte> _rest = bytes;
    private int _valuesLeft = MostValues;
    private int _depth;

    public readonly int Left => _rest.Length;

    public byte Byte() => Bytes(1)[0];

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw Damaged($"{CountText.Of(count, "byte is", "bytes are")} expected where {_rest.Length} are left");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged("a number is too long");
    }

    public long SignedVarint() => ZigZag.Decode((long)Varint());

    /// <summary>Reads a count of at most <paramref name="most"/>.</summary>
    public int Count(int most)
    {
        ulong count = Varint();
        return most >= 0 && count <= (ulong)most ? (int)count : throw Damaged($"{count} is more than {most}");
    }

    public string Name() => Encoding.ASCII.GetString(Bytes(Count(32)));

    /// <summary>Reserves values of the budget of the segment.</summary>
    public void Claim(long values)
    {
        if (values < 0 || values > _valuesLeft)
        {
            throw Damaged($"it claims to hold more than {MostValues} values");
        }

        _valuesLeft -= (int)values;
    }

    /// <summary>Enters a nested column.</summary>
    public void Descend()
    {
        if (++_depth > Deepest)
        {
            throw Damaged("its columns are nested too deep");
        }
    }

    public void Ascend() => _depth--;

    public static InvalidDataException Damaged(string why) => new(why);

    /// <summary>The error for a format that only a newer version can have written.</summary>
    public static UnknownFormatException Unknown(string format) => new(format);
}
