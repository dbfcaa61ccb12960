using System.Globalization;
using System.Numerics;

namespace ConnectorDb;

/// <summary>A JSON number that neither a 64-bit integer nor a double holds exactly, kept as it was written.</summary>
internal sealed record NumberText(string Text)
{
    public double ToDouble() => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The largest exponent for which an integer is computed.</summary>
    private const int MostExponent = 9999;

    /// <summary>The narrowest .NET number that holds it: decimal, BigInteger, else the nearest double. A number beyond doubles that has too many digits stays text.</summary>
    public object ToNumber()
    {
        if (BigInteger.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger whole))
        {
            return whole <= ulong.MaxValue && whole >= 0 ? (object)(ulong)whole : whole;
        }

        if (!double.IsFinite(ToDouble()))
        {
            ReadOnlySpan<char> exponent = Text.AsSpan(Text.AsSpan().IndexOfAny('e', 'E') + 1);
            return int.TryParse(exponent, CultureInfo.InvariantCulture, out int power) && power <= MostExponent
                   && BigInteger.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out whole)
                ? whole
                : Text;
        }

        return decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
               && value.ToString(CultureInfo.InvariantCulture) == Text
            ? value
            : ToDouble();
    }
}
