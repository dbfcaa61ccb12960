using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Parses JSON numbers without exponent.</summary>
internal readonly ref struct PlainNumber
{
    /// <summary>Digits up to which digits and power of ten are exact doubles, so that their quotient is rounded only once (Clinger 1990).</summary>
    private const int SafeDigits = 15;

    /// <summary>Digits that always fit a 64-bit integer.</summary>
    private const int IntegerDigits = 18;

    private readonly ReadOnlySpan<byte> _text;
    private readonly long _digits;
    private readonly int _count;
    private readonly int _fraction;

    private PlainNumber(ReadOnlySpan<byte> text, long digits, int count, int fraction)
    {
        _text = text;
        _digits = digits;
        _count = count;
        _fraction = fraction;
    }

    public int Length => _text.Length;

    private static ReadOnlySpan<double> PowersOfTen => [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private bool IsNegative => _text[0] == '-';

    private bool IsInteger => _fraction == 0 && _count <= IntegerDigits && !(IsNegative && _digits == 0);

    /// <summary>Parses the number at the start of the text. Returns false when it has an exponent, or when it may continue after the end of the text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out PlainNumber number)
    {
        long digits = 0;
        int start = json.Length > 0 && json[0] == '-' ? 1 : 0;
        int at = AfterDigits(json, start, ref digits);
        int whole = at - start;
        int fraction = 0;
        if (at < json.Length && json[at] == '.')
        {
            int end = AfterDigits(json, at + 1, ref digits);
            fraction = end - at - 1;
            at = fraction > 0 ? end : json.Length;
        }

        bool isThere = whole > 0 && (whole == 1 || json[start] != '0') && at < json.Length && (json[at] | 0x20) != 'e';
        number = isThere ? new PlainNumber(json[..at], digits, whole + fraction, fraction) : default;
        return isThere;
    }

    /// <summary>The nearest double to the number.</summary>
    public double ToDouble()
    {
        if (_count > SafeDigits)
        {
            return double.Parse(_text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        double size = _digits / PowersOfTen[_fraction];
        return IsNegative ? -size : size;
    }

    /// <summary>Adds a datapoint with this number as its value, without loss of precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(BlockBuilder builder, double t)
    {
        if (IsInteger)
        {
            builder.Add(t, IsNegative ? -_digits : _digits);
        }
        else if (_count <= SafeDigits)
        {
            builder.Add(t, ToDouble());
        }
        else
        {
            builder.Add(t, DataValue.ReadNumber(_text));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterDigits(ReadOnlySpan<byte> json, int at, ref long digits)
    {
        while (at < json.Length && (uint)(json[at] - '0') <= 9)
        {
            digits = unchecked((digits * 10) + (json[at] - '0'));
            at++;
        }

        return at;
    }
}
