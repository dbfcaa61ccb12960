using System.Globalization;
using System.Text;
using CsCheck;

namespace ConnectorDb.Core.Tests.Model;

public sealed class DoubleTextTests
{
    private static readonly Gen<double> s_numbers = Gen.OneOf(
        Gen.Double,
        Gen.Select(Gen.Long[-10_000_000_000_000_000, 10_000_000_000_000_000], Gen.Int[0, 8]).Select((digits, decimals) => digits / Math.Pow(10, decimals)),
        Gen.Int.Select(number => number / 10.0),
        Gen.Int.Select(number => number * 0.1));

    [Theory]
    [InlineData(-0.0)]
    [InlineData(0.0001)]
    [InlineData(0.00001)]
    [InlineData(-0.05)]
    [InlineData(20.1)]
    [InlineData(51.846000000000004)]
    [InlineData(999999999999999)]
    [InlineData(1e15)]
    [InlineData(99999999999999.94)]
    [InlineData(1700000000.1234)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Numbers_are_written_in_format_R(double value) => Assert.Equal(value.ToString("R", CultureInfo.InvariantCulture), Text(value));

    [Fact]
    public void Zero_has_one_digit() => Assert.Equal("0", Text(0));

    [Fact]
    public void Any_double_is_written_in_format_R() => s_numbers.Sample(value => Text(value) == value.ToString("R", CultureInfo.InvariantCulture));

    private static string Text(double value)
    {
        Span<byte> text = stackalloc byte[DoubleText.MostBytes];
        return Encoding.UTF8.GetString(text[..DoubleText.Format(value, text)]);
    }
}
