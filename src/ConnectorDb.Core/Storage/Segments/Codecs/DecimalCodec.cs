using System.Runtime.InteropServices;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Encodes doubles with few decimal places, as people and sensors write them: 21.5 is 215 tenths. Where arithmetic changed the
/// last bits (21.299999999999997), the distance in units in the last place is stored besides the whole number.
/// </summary>
internal sealed class DecimalCodec : NumberCodec
{
    private const int HasRests = 0x80;

    public override string Name => "decimal";

    public override int Rank => 0;

    protected override bool TryWrite(ByteWriter writer, ReadOnlySpan<double> values, int limit)
    {
        using RentedArray<double> room = new(Sample.Most);
        Span<double> sample = Sample.Take(values, room.Span);
        int places = DecimalScale.Find(sample);
        if (!IsWorthIt(sample, places))
        {
            return false;
        }

        using RentedArray<long> wholes = new(values.Length);
        using RentedArray<long> rests = new(values.Length);
        bool isExact = DecimalScale.Split(values, places, wholes.Span, rests.Span);
        writer.Byte((byte)(places | (isExact ? 0 : HasRests)));
        IntegerSequence.Write(writer, wholes.Span);
        if (!isExact)
        {
            IntegerSequence.Write(writer, rests.Span);
        }

        return true;
    }

    public override void ReadInto(ref ByteReader reader, SelectionVector selection, Span<double> numbers)
    {
        (int digits, bool hasRests) = ReadHead(ref reader);
        Span<long> bits = MemoryMarshal.Cast<double, long>(numbers);
        IntegerSequence.Read(ref reader, selection, bits);
        DecimalScale.Join(bits, digits);
        if (hasRests)
        {
            using RentedArray<long> rests = new(bits.Length);
            IntegerSequence.Read(ref reader, selection, rests.Span);
            for (int i = 0; i < bits.Length; i++)
            {
                bits[i] += rests.Span[i];
            }
        }
    }

    public override void Skip(ref ByteReader reader, int count)
    {
        (_, bool hasRests) = ReadHead(ref reader);
        IntegerSequence.Skip(ref reader, count);
        if (hasRests)
        {
            IntegerSequence.Skip(ref reader, count);
        }
    }

    public override bool TryReadLine(ref ByteReader reader, out LinearSequence line, out double power)
    {
        (int digits, bool hasRests) = ReadHead(ref reader);
        power = DecimalScale.Power(digits);
        return IntegerSequence.TryReadLine(ref reader, out line) && !hasRests;
    }

    /// <summary>The number of decimal digits, and whether there are rests.</summary>
    private static (int Digits, bool HasRests) ReadHead(ref ByteReader reader)
    {
        int head = reader.Byte();
        int digits = head & ~HasRests;
        return digits <= DecimalScale.MostPlaces ? (digits, head != digits) : throw ByteReader.Damaged($"numbers cannot have {digits} decimal places");
    }

    /// <summary>The whole numbers and rests take fewer bits than the doubles.</summary>
    private static bool IsWorthIt(ReadOnlySpan<double> sample, int places)
    {
        using RentedArray<long> wholes = new(sample.Length);
        using RentedArray<long> rests = new(sample.Length);
        return DecimalScale.Split(sample, places, wholes.Span, rests.Span)
            || PredictorChoice.For(wholes.Span).BitsPerValue + PredictorChoice.For(rests.Span).BitsPerValue
                < DoubleCodec.BitsPerValue(sample);
    }
}
