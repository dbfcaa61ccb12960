using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>Combines whole seconds with decimals. The sum is the nearest double, as if the text had been one number.</summary>
internal static class DecimalSeconds
{
    /// <summary>Enough for every double between 0 and 1.</summary>
    private const int MostDecimals = 400;

    private const int MostFastDecimals = 9;
    private const long ExactIntegers = 1L << 53;

    /// <param name="whole">Whole seconds, rounded down.</param>
    /// <param name="decimals">The digits after the decimal point.</param>
    public static double Of(long whole, ReadOnlySpan<char> decimals)
    {
        decimals = decimals.TrimEnd('0');
        if (decimals.IsEmpty)
        {
            return whole;
        }

        if (decimals.Length <= MostFastDecimals)
        {
            long fraction = 0;
            long power = 1;
            foreach (char digit in decimals)
            {
                fraction = (fraction * 10) + (digit - '0');
                power *= 10;
            }

            // The quotient of two integers that doubles hold exactly is the nearest double.
            if (Math.Abs(whole) < ExactIntegers / power - 1)
            {
                return (double)((whole * power) + fraction) / power;
            }
        }

        return Parse(whole, decimals[..Math.Min(decimals.Length, MostDecimals)]);
    }

    private static double Parse(long whole, ReadOnlySpan<char> decimals)
    {
        Span<char> text = stackalloc char[MostDecimals + 24];
        bool isNegative = whole < 0;
        (isNegative ? -(whole + 1) : whole).TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
        text[length++] = '.';
        for (int i = 0; i < decimals.Length; i++)
        {
            // Below zero, the decimals count upwards from the whole second: the last digit, which is not 0, is complemented to 10, the others to 9.
            text[length++] = !isNegative ? decimals[i] : (char)('0' + (i == decimals.Length - 1 ? 10 : 9) - (decimals[i] - '0'));
        }

        double seconds = double.Parse(text[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return isNegative ? -seconds : seconds;
    }
}
