using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.InfluxQl.Language;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The parts of <c>GROUP BY</c>.</summary>
/// <param name="Tags">The tags to group by, sorted.</param>
internal sealed record SelectDimensions(IReadOnlyList<string> Tags, TimeWindows Windows)
{
    /// <param name="tags">The tags of all measurements, for wildcards.</param>
    /// <param name="parent">The tags that the statement around this one groups by.</param>
    /// <exception cref="InfluxQueryException">A part is not valid.</exception>
    public static SelectDimensions Of(SelectStatement statement, IReadOnlyCollection<string> tags, IReadOnlyList<string> parent, TimeZoneInfo? zone, QueryBudget budget)
    {
        SortedSet<string> names = new(parent, StringComparer.Ordinal);
        TimeWindows? windows = null;
        foreach (InfluxExpression dimension in statement.Dimensions)
        {
            switch (dimension)
            {
                case NameExpression name:
                    names.Add(name.Name);
                    break;
                case WildcardExpression:
                    names.UnionWith(tags);
                    break;
                case RegexExpression regex:
                    names.UnionWith(tags.Where(tag => ExpressionMatch.IsMatch(regex.Pattern, tag, budget)));
                    break;
                case CallExpression { Function: "time" } time:
                    windows = windows is null ? WindowsOf(time, zone) : throw new InfluxQueryException("multiple time dimensions not allowed");
                    break;
                case CallExpression:
                    throw new InfluxQueryException("only time() calls allowed in dimensions");
                default:
                    throw new InfluxQueryException("only time and tag dimensions allowed");
            }
        }

        return new SelectDimensions([.. names], windows ?? new TimeWindows(0, 0, zone));
    }

    private static TimeWindows WindowsOf(CallExpression time, TimeZoneInfo? zone)
    {
        if (time.Arguments.Count is not (1 or 2))
        {
            throw new InfluxQueryException("time dimension expected 1 or 2 arguments");
        }

        if (time.Arguments[0] is not DurationExpression length)
        {
            throw new InfluxQueryException("time dimension must have duration argument");
        }

        return time.Arguments.ElementAtOrDefault(1) switch
        {
            null => new TimeWindows(length.Nanoseconds, 0, zone),
            DurationExpression offset when length.Nanoseconds > 0 => new TimeWindows(length.Nanoseconds, offset.Nanoseconds % length.Nanoseconds, zone),
            DurationExpression => new TimeWindows(length.Nanoseconds, 0, zone),
            _ => throw new InfluxQueryException("time dimension offset must be duration or now()"),
        };
    }
}
