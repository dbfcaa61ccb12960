using System.Runtime.InteropServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Doubles that are decimal numbers of few places, as people and sensors write them: 21.5 is 215 tenths. Where arithmetic has
/// moved them a little (21.299999999999997), the distance in units in the last place is kept beside the whole number.
/// </summary>
internal sealed class DecimalCodec : IColumnCodec
{
    private const int HasRests = 0x80;

    public string Name => "decimal";

    public int Rank => 0;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not NumberColumn numbers)
        {
            return false;
        }

        ReadOnlySpan<double> values = numbers.Values.Span;
        using Rented<double> room = new(Sample.Most);
        Span<double> sample = Sample.Take(values, room.Span);
        int places = DecimalScale.Find(sample);
        if (!IsWorthIt(sample, places))
        {
            return false;
        }

        using Rented<long> wholes = new(values.Length);
        using Rented<long> rests = new(values.Length);
        bool isExact = DecimalScale.Split(values, places, wholes.Span, rests.Span);
        writer.Byte((byte)(places | (isExact ? 0 : HasRests)));
        IntegerSequence.Write(writer, wholes.Span);
        if (!isExact)
        {
            IntegerSequence.Write(writer, rests.Span);
        }

        return true;
    }

    public Column Read(ref ByteReader reader, int count)
    {
        int head = reader.Byte();
        int places = head & ~HasRests;
        if (places > DecimalScale.MostPlaces)
        {
            throw ByteReader.Damaged($"numbers cannot have {places} decimal places");
        }

        double[] values = GC.AllocateUninitializedArray<double>(count);
        Span<long> bits = MemoryMarshal.Cast<double, long>(values.AsSpan());
        IntegerSequence.Read(ref reader, bits);
        DecimalScale.Join(bits, places);
        if (head != places)
        {
            using Rented<long> rests = new(count);
            IntegerSequence.Read(ref reader, rests.Span);
            for (int i = 0; i < bits.Length; i++)
            {
                bits[i] += rests.Span[i];
            }
        }

        return new NumberColumn(values);
    }

    /// <summary>Whether whole numbers and rests take fewer bits than the doubles do as they are.</summary>
    private static bool IsWorthIt(ReadOnlySpan<double> sample, int places)
    {
        using Rented<long> wholes = new(sample.Length);
        using Rented<long> rests = new(sample.Length);
        return DecimalScale.Split(sample, places, wholes.Span, rests.Span)
            || PredictorChoice.For(wholes.Span).BitsPerValue + PredictorChoice.For(rests.Span).BitsPerValue
                < DoubleCodec.BitsPerValue(sample);
    }
}
