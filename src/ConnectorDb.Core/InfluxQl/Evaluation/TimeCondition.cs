using System.Globalization;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Takes the comparisons of time out of a condition.</summary>
internal sealed class TimeCondition(long now, TimeZoneInfo? zone)
{
    private const string TimeName = "time";
    private const long NanosecondsPerTick = 100;

    private static readonly string[] s_formats = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF"];
    private static readonly string[] s_zoned = ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>The rest of the condition, null when nothing is left, and the range.</summary>
    /// <remarks>As in InfluxDB, ranges on both sides of OR are combined as those of AND.</remarks>
    public (InfluxExpression? Condition, TimeRange Range) Split(InfluxExpression? condition)
    {
        switch (condition)
        {
            case null:
                return (null, TimeRange.All);
            case BracketExpression bracket:
                (InfluxExpression? inner, TimeRange range) = Split(bracket.Inner);
                return (inner is null ? null : bracket with { Inner = inner }, range);
            case BinaryExpression { Operator: "AND" or "OR" } logic:
                (InfluxExpression? left, TimeRange first) = Split(logic.Left);
                (InfluxExpression? right, TimeRange second) = Split(logic.Right);
                return (left is null ? right : right is null ? left : logic with { Left = left, Right = right }, first.And(second));
            case BinaryExpression { Left: var name } comparison when IsTime(name):
                return (null, RangeOf(comparison.Operator, TimeOf(comparison.Right)));
            case BinaryExpression { Right: var name } comparison when IsTime(name):
                return (null, RangeOf(Turned(comparison.Operator), TimeOf(comparison.Left)));
            default:
                return (condition, TimeRange.All);
        }
    }

    private static bool IsTime(InfluxExpression expression) => expression is NameExpression { Name: var name } && name.Equals(TimeName, StringComparison.OrdinalIgnoreCase);

    private static string Turned(string comparison) => comparison switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => comparison,
    };

    private static TimeRange RangeOf(string comparison, long time) => comparison switch
    {
        "=" => new(time, time),
        "<" => new(TimeRange.Earliest, time - 1),
        "<=" => new(TimeRange.Earliest, time),
        ">" => new(time + 1, TimeRange.Latest),
        ">=" => new(time, TimeRange.Latest),
        _ => throw new InfluxQueryException($"invalid time comparison operator: {comparison}"),
    };

    private long TimeOf(InfluxExpression expression) => Math.Clamp(ValueOf(expression), TimeRange.Earliest + 1, TimeRange.Latest - 1);

    private long ValueOf(InfluxExpression expression) => expression switch
    {
        BracketExpression bracket => ValueOf(bracket.Inner),
        DurationExpression duration => duration.Nanoseconds,
        ValueExpression { Value.Kind: DataKind.Integer } integer => integer.Value.AsInteger(),
        ValueExpression { Value.Kind: DataKind.Number } number => (long)number.Value.AsDouble(),
        ValueExpression { Value.Kind: DataKind.Text } text => Parse(text.Value.AsText()) ?? throw Incompatible("StringLiteral"),
        CallExpression { Function: "now", Arguments.Count: 0 } => now,
        BinaryExpression { Operator: "+" } sum => ValueOf(sum.Left) + ValueOf(sum.Right),
        BinaryExpression { Operator: "-" } difference => ValueOf(difference.Left) - ValueOf(difference.Right),
        NameExpression => throw Incompatible("VarRef"),
        CallExpression => throw Incompatible("Call"),
        _ => throw Incompatible("BooleanLiteral"),
    };

    private static InfluxQueryException Incompatible(string kind) => new($"invalid operation: time and *influxql.{kind} are not compatible");

    private long? Parse(string text)
    {
        if (DateTimeOffset.TryParseExact(text, s_zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset zoned) && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal)))
        {
            return Nanoseconds(zoned);
        }

        return DateTime.TryParseExact(text, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            ? Nanoseconds(new DateTimeOffset(local, zone?.GetUtcOffset(local) ?? TimeSpan.Zero))
            : null;
    }

    private static long Nanoseconds(DateTimeOffset time)
    {
        Int128 nanoseconds = (Int128)(time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
        return (long)Int128.Clamp(nanoseconds, TimeRange.Earliest, TimeRange.Latest);
    }
}
