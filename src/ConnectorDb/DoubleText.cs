using System.Buffers;
using System.Buffers.Text;

namespace ConnectorDb;

/// <summary>Doubles as text: the fewest digits that read back as the same double.</summary>
internal static class DoubleText
{
    /// <summary>The most bytes that a double takes.</summary>
    public const int MostBytes = 32;

    private const int MostDecimals = 4;

    /// <summary>From here on, and below 0.0001, format R has an exponent. Up to here no two texts are one double, so that the first that fits is the shortest.</summary>
    private const double MostDigits = 1e15;

    /// <summary>Writes the same as .NET's format R, but sooner where there are few decimals, as sensors have.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Format(double value, Span<byte> utf8)
    {
        double power = 1;
        for (int decimals = 0; decimals <= MostDecimals; decimals++)
        {
            double scaled = Math.Round(value * power);
            if (Math.Abs(scaled) >= MostDigits || (scaled == 0 && double.IsNegative(value)))
            {
                break;
            }

            if (scaled / power == value)
            {
                return Format((long)scaled, (long)power, decimals, utf8);
            }

            power *= 10;
        }

        Utf8Formatter.TryFormat(value, utf8, out int length);
        return length;
    }

    private static int Format(long scaled, long power, int decimals, Span<byte> utf8)
    {
        int at = 0;
        if (scaled < 0)
        {
            utf8[at++] = (byte)'-';
            scaled = -scaled;
        }

        (long whole, long fraction) = Math.DivRem(scaled, power);
        Utf8Formatter.TryFormat(whole, utf8[at..], out int length);
        at += length;
        if (decimals > 0)
        {
            utf8[at++] = (byte)'.';
            Utf8Formatter.TryFormat(fraction, utf8[at..], out length, new StandardFormat('D', (byte)decimals));
            at += length;
        }

        return at;
    }
}
