using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Values;

/// <summary>
/// Gives objects the text that files need, which <c>Export-Csv</c>, tables and strings show: numbers with a decimal point, times as ISO 8601
/// with all digits, arrays and objects as JSON. Without it, <c>Export-Csv</c> writes numbers and times in the culture of the session.
/// </summary>
public static class InvariantText
{
    private const string Method = "ToString";
    private static readonly MethodInfo s_method = typeof(InvariantText).GetMethod(nameof(ToText), BindingFlags.Public | BindingFlags.Static)!;

    /// <summary>A time with its ISO 8601 text, which has the offset of the time.</summary>
    /// <param name="time">The same time as the seconds, which may have more digits.</param>
    internal static PSObject Of(double seconds, DateTimeOffset time) => With(time, () => IsoText.Of(seconds, time.Offset));

    /// <summary>The number, text, boolean, array or object of a value, with its text.</summary>
    internal static object? Of(DataValue value) => Of(value, value.ToNatural());

    /// <inheritdoc cref="Of(DataValue)"/>
    /// <param name="natural">The object of the value, if it is known.</param>
    internal static object? Of(DataValue value, object? natural) => value.Kind switch
    {
        DataKind.Null or DataKind.Boolean or DataKind.Text => natural,
        DataKind.Integer => IsPlain || value.AsDouble() >= 0 ? natural : With(natural!, value.ToString),
        DataKind.Number => IsPlain ? natural : With(natural!, value.ToString),
        _ => With(natural!, value.ToString),
    };

    /// <summary>A time with its ISO 8601 text; null for none.</summary>
    internal static object? Of(DateTimeOffset? time) => time is { } given ? Of(UnixTime.FromDateTimeOffset(given), given) : null;

    /// <summary>A number with its text; null for none.</summary>
    internal static object? Of(double? number) => number is { } given ? Of(given) : null;

    /// <inheritdoc cref="Of(double?)"/>
    internal static object Of(double number) => IsPlain ? (object)number : With(number, () => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A list with the text of its elements.</summary>
    internal static object Of(IReadOnlyList<string> list) => With(list.ToArray(), () => string.Join(", ", list));

    /// <summary>The text that an object was given; null for none.</summary>
    internal static string? Given(object? value) => value is PSObject shown ? Find(shown)?.Text : null;

    /// <summary>The method of the objects. With a format, it formats as .NET does.</summary>
    public static string ToText(PSObject instance, params object?[]? arguments)
    {
        ArgumentNullException.ThrowIfNull(instance);
        string? format = arguments?.OfType<string>().FirstOrDefault();
        IFormatProvider? provider = arguments?.OfType<IFormatProvider>().FirstOrDefault();
        return (format ?? (object?)provider) is not null && instance.BaseObject is IFormattable formattable
            ? formattable.ToString(format, provider)
            : Find(instance)?.Text ?? $"{instance.BaseObject}";
    }

    /// <summary>The culture of the session writes numbers as files do.</summary>
    internal static bool IsPlain => NumberFormatInfo.CurrentInfo is { NumberDecimalSeparator: ".", NegativeSign: "-", PositiveSign: "+" };

    private static PSObject With(object value, Func<string> text)
    {
        PSObject shown = PSObject.AsPSObject(value);
        if (Find(shown) is null)
        {
            shown.Members.Add(new TextMethod(text), preValidated: true);
        }

        return shown;
    }

    private static TextMethod? Find(PSObject shown) => shown.Members[Method] as TextMethod;

    private sealed class TextMethod(Func<string> text) : PSCodeMethod(Method, s_method)
    {
        public string Text => text();

        public override PSMemberInfo Copy() => new TextMethod(text);
    }
}
