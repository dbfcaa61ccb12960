using System.Globalization;
using System.Numerics;

namespace ConnectorDb;

/// <summary>A JSON number that neither a 64-bit integer nor a double holds exactly, kept as it was written.</summary>
internal sealed record NumberText(string Text)
{
    public double ToDouble() => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The narrowest .NET number that holds it: decimal, BigInteger, else the nearest double.</summary>
    public object ToNumber()
    {
        if (BigInteger.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger whole))
        {
            return whole <= ulong.MaxValue && whole >= 0 ? (ulong)whole : whole;
        }

        return decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
               && value.ToString(CultureInfo.InvariantCulture) == Text
            ? value
            : ToDouble();
    }
}
