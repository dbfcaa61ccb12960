using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>Values as text: the form that keys and concatenations use, and a short one for messages.</summary>
internal static class ValueText
{
    private const int Shortened = 60;

    /// <summary>
    /// The fewest digits that read back as the same double: plain for powers of ten from -4 to 5, else with an exponent of
    /// at least two digits (<c>1e+06</c>). This is the form of <c>%g</c> in Go, which the original keys have.
    /// </summary>
    public static string Of(double value)
    {
        if (value == (int)value && Math.Abs(value) < 1e6 && !double.IsNegative(value))
        {
            return ((int)value).ToString(CultureInfo.InvariantCulture);
        }

        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        string scientific = ToScientific(value);
        int exponentAt = scientific.IndexOf('e', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent is >= -4 and <= 5
            ? Plain(scientific[..exponentAt], exponent)
            : string.Create(CultureInfo.InvariantCulture, $"{scientific.AsSpan(0, exponentAt)}e{exponent:+00;-00}");
    }

    /// <summary>A value for a message: JSON, cut off when it is long.</summary>
    public static string Short(DataValue value)
    {
        StringBuilder text = new();
        Append(text, value);
        if (text.Length > Shortened)
        {
            text.Length = Shortened;
            text.Append('…');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, DataValue value)
    {
        if (text.Length > Shortened)
        {
            return;
        }

        switch (value.Kind)
        {
            case DataKind.Number when !value.IsNumberText:
                text.Append(Of(value.AsDouble()));
                break;
            case DataKind.Text:
                string shown = value.AsText();
                text.Append(DataValue.From(shown[..Math.Min(shown.Length, Shortened)]).ToJson());
                break;
            case DataKind.Array:
                AppendAll(text, '[', value.AsArray(), item => Append(text, item), ']');
                break;
            case DataKind.Object:
                AppendAll(text, '{', value.AsObject(), member => AppendMember(text, member), '}');
                break;
            default:
                text.Append(value.ToJson());
                break;
        }
    }

    private static void AppendMember(StringBuilder text, KeyValuePair<string, DataValue> member)
    {
        Append(text, DataValue.From(member.Key));
        text.Append(':');
        Append(text, member.Value);
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> items, Action<T> append, char close)
    {
        text.Append(open);
        string separator = "";
        foreach (T item in items)
        {
            text.Append(separator);
            append(item);
            separator = ",";
            if (text.Length > Shortened)
            {
                return;
            }
        }

        text.Append(close);
    }

    /// <summary>Sign, one digit, the other digits after a point, and the exponent.</summary>
    private static string ToScientific(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        int exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        string sign = mantissa[0] == '-' ? "-" : "";
        mantissa = mantissa[sign.Length..];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        string significant = digits.TrimStart('0');
        exponent -= digits.Length - significant.Length;
        significant = significant.TrimEnd('0');
        return significant.Length == 0
            ? sign + "0e0"
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{significant[0]}{(significant.Length > 1 ? "." : "")}{significant.AsSpan(1)}e{exponent}");
    }

    private static string Plain(string mantissa, int exponent)
    {
        string sign = mantissa[0] == '-' ? "-" : "";
        string digits = mantissa[sign.Length..].Replace(".", "", StringComparison.Ordinal);
        if (exponent < 0)
        {
            return sign + "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? sign + digits.PadRight(exponent + 1, '0')
            : sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}
