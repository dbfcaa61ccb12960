using System.Numerics;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Encodes zigzag-encoded numbers that are nearly all 0 (patches, as in PFOR): the number of others, then for each of them the
/// zeros before it and the number.
/// </summary>
internal static class SparseIntegers
{
    /// <summary>At most one number in this many may differ from 0.</summary>
    private const int Rarity = 16;

    /// <summary>The bytes <see cref="Write"/> will need, nearly; more than any other packing would when too many numbers are not 0.</summary>
    public static int Size(ReadOnlySpan<long> folded)
    {
        const int BytesForPlace = 2;
        int size = BytesForPlace;
        int left = folded.Length / Rarity;
        for (int next = 0; (next = NextNonZero(folded, next)) < folded.Length; next++)
        {
            if (left-- == 0)
            {
                return int.MaxValue;
            }

            size += BytesForPlace + (BitOperations.Log2((ulong)folded[next]) / 7);
        }

        return size;
    }

    public static void Write(ByteWriter writer, ReadOnlySpan<long> folded)
    {
        writer.Varint((ulong)(folded.Length - folded.Count(0)));
        int after = 0;
        for (int next = 0; (next = NextNonZero(folded, next)) < folded.Length; next++)
        {
            writer.Varint((ulong)(next - after));
            writer.Varint((ulong)folded[next]);
            after = next + 1;
        }
    }

    public static void Read(ref ByteReader reader, Span<long> folded)
    {
        folded.Clear();
        int next = 0;
        for (int left = reader.Count(folded.Length); left > 0; left--)
        {
            next += reader.Count(folded.Length - next - 1);
            folded[next++] = (long)reader.Varint();
        }
    }

    /// <summary>Passes over the numbers without decoding them.</summary>
    public static void Skip(ref ByteReader reader, int count)
    {
        for (int left = 2 * reader.Count(count); left > 0; left--)
        {
            reader.Varint();
        }
    }

    private static int NextNonZero(ReadOnlySpan<long> folded, int from)
    {
        int distance = folded[from..].IndexOfAnyExcept(0L);
        return distance < 0 ? folded.Length : from + distance;
    }
}
