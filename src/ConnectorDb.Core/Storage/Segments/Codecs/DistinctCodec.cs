using System.Runtime.InteropServices;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Encodes doubles with few distinct values, such as the steps of a converter times a factor: the values in ascending order of
/// their bits, then the index of each value. The indices rise and fall with the measurement.
/// </summary>
internal sealed class DistinctCodec : NumberCodec
{
    /// <summary>The minimum average number of occurrences of a value.</summary>
    private const int LeastRepeats = 4;

    public override string Name => "distinct";

    public override int Rank => 2;

    protected override bool TryWrite(ByteWriter writer, ReadOnlySpan<double> numbers, int limit)
    {
        if (limit < numbers.Length / 2 || !Repeats(numbers))
        {
            return false;
        }

        ReadOnlySpan<long> values = MemoryMarshal.Cast<double, long>(numbers);
        Dictionary<long, int> positions = [];
        foreach (long value in values)
        {
            positions.TryAdd(value, 0);
            if (positions.Count * LeastRepeats > values.Length)
            {
                return false;
            }
        }

        long[] distinct = [.. positions.Keys.Order()];
        for (int i = 0; i < distinct.Length; i++)
        {
            positions[distinct[i]] = i;
        }

        using RentedArray<long> indices = new(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            indices.Span[i] = positions[values[i]];
        }

        writer.Varint((ulong)distinct.Length);
        IntegerSequence.Write(writer, distinct);
        IntegerSequence.Write(writer, indices.Span);
        return true;
    }

    public override void ReadInto(ref ByteReader reader, SelectionVector selection, Span<double> numbers)
    {
        using RentedArray<long> distinct = new(reader.Count(selection.RowCount));
        IntegerSequence.Read(ref reader, distinct.Span);
        Span<long> bits = MemoryMarshal.Cast<double, long>(numbers);
        IntegerSequence.Read(ref reader, selection, bits);
        foreach (ref long position in bits)
        {
            position = (ulong)position < (ulong)distinct.Span.Length
                ? distinct.Span[(int)position]
                : throw ByteReader.Damaged($"there is no value {position} of {distinct.Span.Length}");
        }
    }

    public override void Skip(ref ByteReader reader, int count)
    {
        IntegerSequence.Skip(ref reader, reader.Count(count));
        IntegerSequence.Skip(ref reader, count);
    }

    /// <summary>At least half of a sample are repeated values. This check saves counting most columns.</summary>
    private static bool Repeats(ReadOnlySpan<double> values)
    {
        using RentedArray<double> room = new(Sample.Most);
        Span<long> sample = MemoryMarshal.Cast<double, long>(Sample.Take(values, room.Span));
        sample.Sort();
        int distinct = 1;
        for (int i = 1; i < sample.Length; i++)
        {
            distinct += sample[i] != sample[i - 1] ? 1 : 0;
        }

        return distinct * 2 <= sample.Length;
    }
}
