using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Encodes doubles of full precision by their bits (IEEE 754): close numbers have close bits. Low zeros that all of them have are
/// left out. So is a common sign; different signs move below the lowest bit, where they do not separate close numbers.
/// </summary>
internal sealed class DoubleCodec : NumberCodec
{
    private const int SignBit = 63;

    /// <summary>The minimum bytes per double: those without a short decimal form rarely take fewer.</summary>
    private const int LeastBytes = 2;

    public override string Name => "double";

    public override int Rank => 1;

    protected override bool TryWrite(ByteWriter writer, ReadOnlySpan<double> values, int limit)
    {
        if (limit < LeastBytes * values.Length || limit < BitsPerValue(values) / 8 * values.Length)
        {
            return false;
        }

        ReadOnlySpan<long> bits = MemoryMarshal.Cast<double, long>(values);
        Frame frame = Frame.Of(bits);
        using RentedArray<long> framed = new(bits.Length);
        frame.Apply(bits, framed.Span);
        writer.Byte((byte)frame.Zeros);
        writer.Byte((byte)frame.Signs);
        IntegerSequence.Write(writer, framed.Span);
        return true;
    }

    public override void ReadInto(ref ByteReader reader, SelectionVector selection, Span<double> numbers)
    {
        Frame frame = new(reader.Byte(), (Signs)reader.Byte());
        if (frame.Zeros >= SignBit || frame.Signs > Signs.Mixed)
        {
            throw ByteReader.Damaged("its numbers have too many zeros or too many signs");
        }

        Span<long> bits = MemoryMarshal.Cast<double, long>(numbers);
        IntegerSequence.Read(ref reader, selection, bits);
        frame.Undo(bits);
    }

    public override void Skip(ref ByteReader reader, int count)
    {
        reader.Bytes(2);
        IntegerSequence.Skip(ref reader, count);
    }

    /// <summary>The expected bits per value, from a sample.</summary>
    public static double BitsPerValue(ReadOnlySpan<double> values)
    {
        using RentedArray<double> room = new(Sample.Most);
        Span<long> sample = MemoryMarshal.Cast<double, long>(Sample.Take(values, room.Span));
        Frame.Of(sample).Apply(sample, sample);
        return PredictorChoice.For(sample).BitsPerValue;
    }

    private enum Signs : byte
    {
        AllPlus,
        AllMinus,
        Mixed,
    }

    private readonly record struct Frame(int Zeros, Signs Signs)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static Frame Of(ReadOnlySpan<long> bits)
        {
            long any = 0;
            long every = -1;
            foreach (long value in bits)
            {
                any |= value;
                every &= value;
            }

            Signs signs = any >= 0 ? Signs.AllPlus : every < 0 ? Signs.AllMinus : Signs.Mixed;
            long sizes = any & long.MaxValue;
            return new Frame(sizes == 0 ? 0 : BitOperations.TrailingZeroCount(sizes), signs);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Apply(ReadOnlySpan<long> bits, Span<long> framed)
        {
            for (int i = 0; i < bits.Length; i++)
            {
                long size = (bits[i] & long.MaxValue) >> Zeros;
                framed[i] = Signs == Signs.Mixed ? (size << 1) | (long)((ulong)bits[i] >> SignBit) : size;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Undo(Span<long> framed)
        {
            if (Signs == Signs.Mixed)
            {
                foreach (ref long value in framed)
                {
                    value = (value << SignBit) | (long)((ulong)value >> 1 << Zeros);
                }

                return;
            }

            long sign = Signs == Signs.AllMinus ? long.MinValue : 0;
            foreach (ref long value in framed)
            {
                value = (value << Zeros) | sign;
            }
        }
    }
}
