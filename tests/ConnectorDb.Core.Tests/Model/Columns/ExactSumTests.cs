using System.Numerics;
using ConnectorDb.Columns;
using CsCheck;

namespace ConnectorDb.Core.Tests.Model.Columns;

public sealed class ExactSumTests
{
    /// <summary>All finite doubles are multiples of 2^-1074.</summary>
    private const int SmallestExponent = -1074;

    private static readonly Gen<double> s_number = Gen.OneOf(
        Gen.OneOf(0, -0.0, double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, 1, -1, 9007199254740991, 9007199254740993, 1e16, -1e16, 0.5, 1e300, -1e300, 1.1102230246251565e-16),
        Gen.Int[-1000, 1000].Select(tenths => tenths / 10.0),
        Gen.Double[-100, 100],
        Gen.Select(Gen.Double[-1, 1], Gen.Int[-300, 300], (number, power) => number * Math.Pow(10, power)));

    private static readonly Gen<double[]> s_numbers = Gen.OneOf(s_number.Array[0, 40], Gen.Int[0, 300].Select(tenths => tenths / 10.0).Array[0, 300]);

    [Fact]
    public void The_sum_is_exact_for_any_parts_in_any_order()
        => Gen.Select(s_numbers, Gen.Int).Sample((numbers, seed) =>
        {
            BigInteger exact = numbers.Aggregate(BigInteger.Zero, (sum, number) => sum + Units(number));
            ExactSum one = new();
            one.Add(numbers);
            ExactSum other = new();
            foreach (double[] part in numbers.OrderBy(number => number.GetHashCode() ^ seed).Chunk(7))
            {
                ExactSum sum = new();
                sum.Add(part);
                if (sum.Rest is { } rest)
                {
                    other.Add(sum.Rounded);
                    other.Add(rest);
                }
                else
                {
                    Array.ForEach(part, other.Add);
                }
            }

            Assert.Equal(one.Rounded, other.Rounded);
            AssertNearest(exact, one.Rounded);
            Assert.True(one.Rest is null || Units(one.Rounded) + Units(one.Rest.Value) == exact);
        });

    [Fact]
    public void Decimals_are_stored_as_a_sum_and_a_remainder()
    {
        ExactSum sum = new();
        sum.Add(Enumerable.Repeat(0.1, 1_000_000).ToArray());

        Assert.Equal(100_000, sum.Rounded);
        Assert.NotNull(sum.Rest);
    }

    [Fact]
    public void Ties_between_two_doubles_are_decided_by_the_smaller_parts()
    {
        double half = Math.BitIncrement(1.0) - 1;
        Assert.Equal(1, Sum(1, half / 2));
        Assert.Equal(1 + half, Sum(1, half / 2, double.Epsilon));
        Assert.Equal(1, Sum(1, half / 2, -double.Epsilon));
    }

    [Fact]
    public void A_sum_beyond_the_range_of_a_double_is_infinite()
    {
        Assert.Equal(double.PositiveInfinity, Sum(double.MaxValue, double.MaxValue, 1));
        Assert.Equal(double.NegativeInfinity, Sum(double.NegativeInfinity, 5));
        Assert.True(double.IsNaN(Sum(double.PositiveInfinity, double.NegativeInfinity)));
    }

    private static double Sum(params double[] numbers)
    {
        ExactSum sum = new();
        sum.Add(numbers);
        return sum.Rounded;
    }

    private static void AssertNearest(BigInteger exact, double rounded)
    {
        BigInteger distance = BigInteger.Abs(Units(rounded) - exact);
        foreach (double neighbour in (double[])[Math.BitIncrement(rounded), Math.BitDecrement(rounded)])
        {
            BigInteger other = BigInteger.Abs(Units(neighbour) - exact);
            bool isEven = (BitConverter.DoubleToInt64Bits(rounded) & 1) == 0;
            Assert.True(distance < other || (distance == other && isEven), $"{neighbour:R} is nearer than {rounded:R}");
        }
    }

    private static BigInteger Units(double number)
    {
        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        BigInteger units = (BigInteger)mantissa << (Math.Max(exponent, 1) - 1075 - SmallestExponent);
        return bits < 0 ? -units : units;
    }
}
