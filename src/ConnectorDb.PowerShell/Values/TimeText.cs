using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Reads objects as times in unix seconds: dates of .NET, datapoints, numbers of unix seconds, and texts.</summary>
internal static class TimeText
{
    /// <summary>Reads an argument that the user typed, which can also be a time span before now (<c>1h</c>, <c>7d</c>, a TimeSpan).</summary>
    /// <param name="reason">Why it is no time, and what to do.</param>
    public static bool TryReadArgument(object? value, out double seconds, out string? reason) => TryReadArgument(value, ParserIn(null), out seconds, out reason);

    /// <param name="parser">Reads the texts and the local dates.</param>
    /// <inheritdoc cref="TryReadArgument(object?, out double, out string?)"/>
    public static bool TryReadArgument(object? value, TimestampParser parser, out double seconds, out string? reason)
    {
        if (SpanOf(value) is { } before)
        {
            seconds = UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - before;
            reason = UnixTime.IsInCalendar(seconds) ? null : $"'{value}' before now is not a time of the years 1 to 9999. Give a shorter time span, or a date.";
            return reason is null;
        }

        bool isRead = TryRead(value, parser, out seconds, out reason);
        reason = reason?.Replace(Forms, ArgumentForms, StringComparison.Ordinal);
        return isRead;
    }

    /// <summary>Reads one of several arguments. Their order tells which time of the hour that occurs twice a local time is.</summary>
    public static void AddArgument<TRow>(TimestampRows<TRow> rows, object? value, TRow row)
    {
        if (SpanOf(value) is null)
        {
            AddProperty(rows, value, row);
        }
        else if (TryReadArgument(value, rows.Parser, out double seconds, out string? reason))
        {
            rows.Add(seconds, row);
        }
        else
        {
            rows.Refuse(row, reason!);
        }
    }

    /// <summary>Reads the property of one of several objects. Their order tells which time of the hour that occurs twice a local time is.</summary>
    public static void AddProperty<TRow>(TimestampRows<TRow> rows, object? value, TRow row)
    {
        switch (PowerShellObject.Unwrap(value))
        {
            case string text:
                rows.Add(text, row);
                break;
            case DateTime time:
                rows.Add(time, row);
                break;
            case DateOnly day:
                rows.Add(day.ToDateTime(TimeOnly.MinValue), row);
                break;
            default:
                if (TryRead(value, rows.Parser, out double seconds, out string? reason))
                {
                    rows.Add(seconds, row);
                }
                else
                {
                    rows.Refuse(row, reason!);
                }

                break;
        }
    }

    /// <summary>The parser of a cmdlet without parameters for the form of times.</summary>
    /// <param name="zone">The zone of times without an offset; null for that of this computer.</param>
    public static TimestampParser ParserIn(TimeZoneInfo? zone) => new(new TimestampOptions { Advice = Forms, TimeZone = zone });

    /// <summary>Other parameters of the same call can say how the value is read: a text, or a date without an offset.</summary>
    public static bool NeedsParser(object? value) => PowerShellObject.Unwrap(value) is string or DateTime or DateOnly;

    /// <summary>Reads the property of an object.</summary>
    /// <inheritdoc cref="TryReadArgument(object?, out double, out string?)"/>
    public static bool TryRead(object? value, TimestampParser parser, out double seconds, out string? reason)
    {
        object? bare = PowerShellObject.Unwrap(value);
        reason = null;
        switch (bare)
        {
            case double number:
                seconds = number;
                break;
            case int or long or decimal or float or short or byte or uint or ulong:
                seconds = Convert.ToDouble(bare, CultureInfo.InvariantCulture);
                break;
            case DateTimeOffset time:
                seconds = InvariantText.Given(value) is { } written && parser.TryParse(written, out double exact, out _) ? exact : UnixTime.FromDateTimeOffset(time);
                return true;
            case Datapoint point:
                seconds = point.T;
                break;
            case DateTime time:
                return parser.TryConvert(time, out seconds, out reason);
            case DateOnly day:
                return parser.TryConvert(day.ToDateTime(TimeOnly.MinValue), out seconds, out reason);
            case string text:
                return parser.TryParse(text, out seconds, out reason);
            case PSCustomObject when ((PSObject)value!).Properties["UtcTicks"]?.Value is long ticks && ((PSObject)value).TypeNames.Contains("Deserialized.System.DateTimeOffset"):
                seconds = UnixTime.FromDateTimeOffset(new DateTimeOffset(ticks, TimeSpan.Zero));
                break;
            default:
                seconds = 0;
                reason = bare is IList several
                    ? $"A list of {several.Count} values is not a time; a comma makes a list, and numbers have a point, as in 1.5h. {Forms}"
                    : $"'{value}' is not a time. {Forms}";
                return false;
        }

        reason = UnixTime.IsInCalendar(seconds) ? null : $"{LanguagePrimitives.ConvertTo<string>(bare is Datapoint ? seconds : bare)} is not a time of the years 1 to 9999. {Forms}";
        return reason is null;
    }

    /// <summary>Reads a text that is a number of unix seconds, however small, and nothing else to the parser, such as the date 20260131.</summary>
    public static bool TryReadSeconds(object? value, TimestampParser parser, out double seconds)
    {
        seconds = 0;
        return PowerShellObject.Unwrap(value) is string text && !parser.HasFormats && !parser.TryParse(text, out _, out _)
            && UnixText.TryParse(text.AsSpan().Trim(), out seconds) && UnixTime.IsInCalendar(seconds);
    }

    private static double? SpanOf(object? value) => PowerShellObject.Unwrap(value) switch
    {
        TimeSpan given => given.TotalSeconds,
        string text when text.AsSpan().ContainsAnyInRange('a', 'z') && !text.Contains(':', StringComparison.Ordinal) && Duration.TryParse(text, out double given) => given,
        _ => null,
    };

    private const string ArgumentForms = "Give a time before now such as '1h' or '7d', a date, ISO 8601 text such as '2026-01-31 18:00', or unix seconds (not milliseconds).";

    private const string Forms = "Give a date, ISO 8601 text such as '2026-01-31 18:00', or unix seconds (not milliseconds).";
}
