using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Bytes of known number, in the shortest of four forms: as they are, one byte repeated, compressed or coded where that saves enough
/// to be worth the time of undoing it. The reader must know the number.
/// </summary>
internal static class ByteBlock
{
    /// <summary>Below this number of bytes a Zstandard frame is never smaller.</summary>
    private const int WorthTrying = 24;

    /// <summary>More bytes than this are not repeated or coded: a few damaged bytes could stand for any number of them.</summary>
    private const int MostDense = 1 << 20;

    /// <summary>Compression must save one part in this many.</summary>
    private const int LeastGain = 16;

    /// <summary>Zstandard takes longer to decode than rANS, so it must be smaller by one part in this many.</summary>
    private const int LeastRepetition = 32;

    private enum Form
    {
        Plain,
        Repeated,
        Compressed,
        Coded,
    }

    /// <summary>Writes the bytes; false when they are plain.</summary>
    public static bool Write(ByteWriter writer, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is > 0 and <= MostDense && bytes.IndexOfAnyExcept(bytes[0]) < 0)
        {
            writer.Byte((byte)Form.Repeated);
            writer.Byte(bytes[0]);
            return true;
        }

        if (TryCompress(writer, bytes))
        {
            return true;
        }

        writer.Byte((byte)Form.Plain);
        writer.Bytes(bytes);
        return false;
    }

    public static void Read(ref ByteReader reader, Span<byte> bytes)
    {
        switch ((Form)reader.Byte())
        {
            case Form.Plain:
                reader.Bytes(bytes.Length).CopyTo(bytes);
                break;
            case Form.Repeated:
                bytes.Fill(reader.Byte());
                break;
            case Form.Compressed:
                Zstandard.Decompress(reader.Bytes(reader.Count(reader.Left)), bytes);
                break;
            case Form.Coded:
                RansCoder.Read(reader.Bytes(reader.Count(reader.Left)), bytes);
                break;
            default:
                throw ByteReader.Unknown("a form of bytes");
        }
    }

    /// <summary>Passes over the bytes without decoding them.</summary>
    public static void Skip(ref ByteReader reader, int count)
    {
        switch ((Form)reader.Byte())
        {
            case Form.Plain:
                reader.Bytes(count);
                break;
            case Form.Repeated:
                reader.Byte();
                break;
            case Form.Compressed or Form.Coded:
                reader.Bytes(reader.Count(reader.Left));
                break;
            default:
                throw ByteReader.Unknown("a form of bytes");
        }
    }

    /// <summary>Reads bytes of a claimed length; memory grows only with the bytes that are really there.</summary>
    public static byte[] Read(ref ByteReader reader, int count)
    {
        if (count <= MostDense)
        {
            byte[] bytes = GC.AllocateUninitializedArray<byte>(count);
            Read(ref reader, bytes);
            return bytes;
        }

        return (Form)reader.Byte() switch
        {
            Form.Plain => reader.Bytes(count).ToArray(),
            Form.Compressed => Zstandard.Decompress(reader.Bytes(reader.Count(reader.Left)), count),
            Form.Repeated or Form.Coded => throw ByteReader.Damaged($"{CountText.Of(count, "byte")} cannot be written in this form"),
            _ => throw ByteReader.Unknown("a form of bytes"),
        };
    }

    /// <summary>Uses Zstandard for repetitions and rANS for noise with unequal frequencies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryCompress(ByteWriter writer, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < WorthTrying)
        {
            return false;
        }

        Span<int> counts = stackalloc int[RansFrequencies.Symbols];
        counts.Clear();
        foreach (byte value in bytes)
        {
            counts[value]++;
        }

        if (IsNoise(bytes, counts))
        {
            return false;
        }

        int worthIt = bytes.Length - (bytes.Length / LeastGain);
        double coded = RansCoder.Size(counts, bytes.Length);
        using RentedArray<byte> room = new(worthIt);
        if (Zstandard.TryCompress(bytes, room.Span, out int length) && (length < coded - (coded / LeastRepetition) || bytes.Length > MostDense))
        {
            writer.Byte((byte)Form.Compressed);
            writer.Varint((ulong)length);
            writer.Bytes(room.Span[..length]);
            return true;
        }

        if (coded > worthIt || bytes.Length > MostDense)
        {
            return false;
        }

        using ByteWriter piece = new();
        RansCoder.Write(piece, bytes, counts);
        writer.Byte((byte)Form.Coded);
        writer.Varint((ulong)piece.Length);
        writer.Bytes(piece.Written);
        return true;
    }

    /// <summary>
    /// The bytes look random: all values are about equally frequent, measured by the sum of squares, and neighbours are equal no
    /// more often than by chance.
    /// </summary>
    private static bool IsNoise(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> counts)
    {
        const double Tolerance = 1.25;
        const int LikeNeighbours = RansFrequencies.Symbols / 8;
        double squares = 0;
        foreach (int count in counts)
        {
            squares += (double)count * count;
        }

        double even = (double)bytes.Length * bytes.Length / RansFrequencies.Symbols;
        if (bytes.Length <= RansFrequencies.Symbols || squares > (even + bytes.Length) * Tolerance)
        {
            return false;
        }

        int alike = 0;
        for (int i = 1; i < bytes.Length; i++)
        {
            alike += bytes[i] == bytes[i - 1] ? 1 : 0;
        }

        return alike < bytes.Length / LikeNeighbours;
    }
}
