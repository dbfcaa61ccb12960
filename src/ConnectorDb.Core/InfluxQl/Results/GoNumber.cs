using System.Globalization;

namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>Numbers as InfluxDB writes them: the shortest digits, whole numbers without a point.</summary>
internal static class GoNumber
{
    private const double LeastOfDigits = 1e-6;
    private const double LeastOfExponent = 1e21;

    /// <param name="hasExponents">Very small and large numbers have an exponent, as in JSON.</param>
    public static string Text(double value, bool hasExponents)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        string sign = text.StartsWith('-') ? "-" : "";
        string[] parts = text.TrimStart('-').Split('E');
        string[] mantissa = parts[0].Split('.');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        string fraction = mantissa.Length > 1 ? mantissa[1] : "";
        string digits = (mantissa[0] + fraction).TrimStart('0');
        int point = mantissa[0].Length + exponent - (mantissa[0].Length + fraction.Length - digits.Length);
        digits = digits.TrimEnd('0');
        if (digits.Length == 0)
        {
            return $"{sign}0";
        }

        double size = Math.Abs(value);
        if (hasExponents && (size < LeastOfDigits || size >= LeastOfExponent))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}");
        }

        return sign + (point <= 0 ? $"0.{new string('0', -point)}{digits}"
            : point >= digits.Length ? digits + new string('0', point - digits.Length)
            : $"{digits[..point]}.{digits[point..]}");
    }
}
