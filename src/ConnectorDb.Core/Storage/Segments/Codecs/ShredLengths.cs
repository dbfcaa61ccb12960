using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>The lengths of arrays or objects.</summary>
internal static class ShredLengths
{
    /// <summary>Reads the numbers; returns their sum.</summary>
    public static int Read(ref ByteReader reader, Span<long> lengths)
    {
        IntegerSequence.Read(ref reader, lengths);
        long total = 0;
        foreach (long length in lengths)
        {
            total = length is >= 0 and <= ByteReader.MostValues ? total + length : ByteReader.MostValues + 1;
        }

        return total <= ByteReader.MostValues ? (int)total : throw ByteReader.Damaged($"it claims to hold more than {ByteReader.MostValues} values");
    }
}
