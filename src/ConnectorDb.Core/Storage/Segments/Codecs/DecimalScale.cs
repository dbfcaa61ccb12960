using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Splits a double into a whole number over a power of ten and the difference of the bits: <c>bits(value) = bits(whole /
/// 10^places) + rest</c>, wrapping around at 64 bits, so that it holds for every double.
/// </summary>
internal static class DecimalScale
{
    /// <summary>10^22 is the last power of ten that is a double.</summary>
    public const int MostPlaces = 22;

    /// <summary>The cost of one more decimal place in bits.</summary>
    private const double BitsPerPlace = 3.32;

    /// <summary>Whole numbers stay below this, so that <see cref="Magic"/> can round them.</summary>
    private const double Largest = 1L << 51;

    /// <summary>2^52 + 2^51: added to a smaller number, it leaves that number, rounded, in the low bits.</summary>
    private const double Magic = 6755399441055744.0;

    private static readonly double[] s_powers = [.. Enumerable.Range(0, MostPlaces + 1).Select(places => double.Parse($"1e{places}", System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Ten to the power of <paramref name="places"/>.</summary>
    public static double Power(int places) => s_powers[places];

    /// <summary>The number of decimal places with the lowest cost on a sample.</summary>
    public static int Find(ReadOnlySpan<double> values)
    {
        const int Enough = 128;
        Span<double> some = stackalloc double[Math.Min(Enough, values.Length)];
        for (int i = 0; i < some.Length; i++)
        {
            some[i] = values[i * values.Length / some.Length];
        }

        Span<long> whole = stackalloc long[some.Length];
        Span<long> rest = stackalloc long[some.Length];
        (int places, double bits) best = (0, double.PositiveInfinity);
        for (int places = 0; places <= MostPlaces && places * BitsPerPlace < best.bits; places++)
        {
            double restBits = Split(some, places, whole, rest) ? 0 : Cost(rest);
            double bits = restBits + (places * BitsPerPlace);
            best = bits < best.bits ? (places, bits) : best;
        }

        return best.places;
    }

    /// <summary>Splits each value; true when every rest is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Split(ReadOnlySpan<double> values, int places, Span<long> whole, Span<long> rest)
    {
        double power = s_powers[places];
        Vector256<double> powers = Vector256.Create(power);
        Vector256<double> largest = Vector256.Create(Largest);
        Vector256<double> magic = Vector256.Create(Magic);
        Vector256<long> all = Vector256<long>.Zero;
        ReadOnlySpan<Vector256<double>> from = MemoryMarshal.Cast<double, Vector256<double>>(values);
        Span<Vector256<long>> wholes = MemoryMarshal.Cast<long, Vector256<long>>(whole);
        Span<Vector256<long>> rests = MemoryMarshal.Cast<long, Vector256<long>>(rest);
        for (int i = 0; i < from.Length; i++)
        {
            Vector256<double> scaled = from[i] * powers;
            Vector256<double> rounded = scaled + magic;
            Vector256<long> inRange = Vector256.LessThan(Vector256.Abs(scaled), largest).AsInt64();
            Vector256<double> back = Vector256.ConditionalSelect(inRange.AsDouble(), rounded - magic, Vector256<double>.Zero) / powers;
            Vector256<long> missing = from[i].AsInt64() - back.AsInt64();
            wholes[i] = (rounded.AsInt64() - magic.AsInt64()) & inRange;
            rests[i] = missing;
            all |= missing;
        }

        long bits = all[0] | all[1] | all[2] | all[3];
        for (int i = from.Length * Vector256<double>.Count; i < values.Length; i++)
        {
            double scaled = values[i] * power;
            long number = Math.Abs(scaled) < Largest ? (long)Math.Round(scaled) : 0;
            whole[i] = number;
            rest[i] = BitConverter.DoubleToInt64Bits(values[i]) - BitConverter.DoubleToInt64Bits(number / power);
            bits |= rest[i];
        }

        return bits == 0;
    }

    /// <summary>Turns whole numbers into the nearest doubles of their quotients in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(Span<long> whole, int places)
    {
        double power = s_powers[places];
        Vector256<double> powers = Vector256.Create(power);
        Span<Vector256<long>> vectors = MemoryMarshal.Cast<long, Vector256<long>>(whole);
        foreach (ref Vector256<long> vector in vectors)
        {
            // Whole numbers, as most times are, need no division, which takes longer than all else here.
            Vector256<double> number = Vector256.ConvertToDouble(vector);
            vector = (places == 0 ? number : number / powers).AsInt64();
        }

        foreach (ref long number in whole[(vectors.Length * Vector256<long>.Count)..])
        {
            number = BitConverter.DoubleToInt64Bits(number / power);
        }
    }

    private static double Cost(ReadOnlySpan<long> rest)
    {
        BitCost cost = new();
        foreach (long bits in rest)
        {
            cost.Add(ZigZag.Encode(bits));
        }

        return cost.BitsPerValue;
    }
}
