using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Encodes texts: their lengths in bytes, then the bytes in UTF-8, or in UTF-16 (little-endian) when a text has an unpaired
/// surrogate, which UTF-8 cannot hold.
/// </summary>
internal static class TextBytes
{
    private const byte Utf8Mark = 0;
    private const byte Utf16Mark = 1;

    /// <param name="writer">The target.</param>
    /// <param name="texts">The texts; there is at least one.</param>
    public static void Write(ByteWriter writer, ReadOnlySpan<string> texts)
    {
        using ByteWriter bytes = new();
        using RentedArray<long> lengths = new(texts.Length);
        writer.Byte(TryUtf8(bytes, texts, lengths.Span) ? Utf8Mark : Utf16Mark);
        if (writer.Written[^1] == Utf16Mark)
        {
            bytes.Rewind(0);
            Utf16(bytes, texts, lengths.Span);
        }

        IntegerSequence.Write(writer, lengths.Span);
        ByteBlock.Write(writer, bytes.Written);
    }

    public static string[] Read(ref ByteReader reader, int count)
    {
        Encoding encoding = reader.Byte() switch
        {
            Utf8Mark => Encoding.UTF8,
            Utf16Mark => Encoding.Unicode,
            _ => throw ByteReader.Unknown("an encoding of text"),
        };

        using RentedArray<long> lengths = new(count);
        IntegerSequence.Read(ref reader, lengths.Span);
        ReadOnlySpan<byte> bytes = ByteBlock.Read(ref reader, Total(lengths.Span));
        string[] texts = new string[count];
        for (int i = 0; i < count; i++)
        {
            int length = (int)lengths.Span[i];
            texts[i] = encoding == Encoding.UTF8
                ? encoding.GetString(bytes[..length])
                : new string(MemoryMarshal.Cast<byte, char>(bytes[..length]));
            bytes = bytes[length..];
        }

        return texts;
    }

    /// <summary>Passes over the texts; only their lengths are decoded.</summary>
    public static void Skip(ref ByteReader reader, int count)
    {
        reader.Byte();
        using RentedArray<long> lengths = new(count);
        IntegerSequence.Read(ref reader, lengths.Span);
        ByteBlock.Skip(ref reader, Total(lengths.Span));
    }

    private static bool TryUtf8(ByteWriter bytes, ReadOnlySpan<string> texts, Span<long> lengths)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            string text = texts[i];
            Span<byte> room = bytes.GetSpan(checked(text.Length * 3));
            if (Utf8.FromUtf16(text, room, out _, out int written, replaceInvalidSequences: false) != OperationStatus.Done)
            {
                return false;
            }

            bytes.Advance(written);
            lengths[i] = written;
        }

        return true;
    }

    private static void Utf16(ByteWriter bytes, ReadOnlySpan<string> texts, Span<long> lengths)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            bytes.Bytes(MemoryMarshal.AsBytes(texts[i].AsSpan()));
            lengths[i] = 2L * texts[i].Length;
        }
    }

    private static int Total(ReadOnlySpan<long> lengths)
    {
        long total = 0;
        foreach (long length in lengths)
        {
            total = length is >= 0 and <= int.MaxValue ? total + length : throw ByteReader.Damaged($"a text cannot be {CountText.Of(length, "byte")} long");
        }

        return total <= Array.MaxLength ? (int)total : throw ByteReader.Damaged($"texts cannot be {CountText.Of(total, "byte")} long");
    }
}
