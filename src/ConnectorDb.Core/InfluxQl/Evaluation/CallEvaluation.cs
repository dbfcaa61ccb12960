using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Computes calls of functions over the points of grouped series.</summary>
internal sealed class CallEvaluation(SelectStatement statement, PointCollector collector, TimeWindows windows, SummaryWindows? summaries, QueryBudget budget)
{
    private readonly WindowFill _fill = new(statement, windows, budget);

    /// <summary>The points that a call gives, in the order of the statement.</summary>
    /// <param name="keepsTimes">A selector without windows gives the times of its points.</param>
    public List<InfluxPoint> Evaluate(CallExpression call, TimeRange range, bool keepsTimes)
        => FunctionCatalog.KindOf(call.Function) == FunctionKind.Transform ? Transform(call, range) : OfWindows(call, range, keepsTimes);

    private List<InfluxPoint> Transform(CallExpression call, TimeRange range)
    {
        List<InfluxPoint> points = call.Arguments[0] is CallExpression inner
            ? Evaluate(inner, Extended(call, range), keepsTimes: true)
            : Values(call, (NameExpression)call.Arguments[0], range, most: null);
        points.RemoveAll(point => point.Value.IsNull);
        double? unit = FunctionCatalog.ArgumentOf(call);
        return TransformFunctions.Apply(call.Function, points, (long)(unit ?? (call.Function == "elapsed" ? 1 : windows.Length > 0 ? windows.Length : 1_000_000_000)));
    }

    /// <summary>The range with the window before it, from which the first value is computed.</summary>
    private TimeRange Extended(CallExpression call, TimeRange range)
    {
        long length = call.Function == "cumulative_sum" ? 0 : windows.Length;
        return statement.IsDescending
            ? range with { To = range.To > TimeRange.Latest - length ? TimeRange.Latest : range.To + length }
            : range with { From = range.From < TimeRange.Earliest + length ? TimeRange.Earliest : range.From - length };
    }

    private List<InfluxPoint> OfWindows(CallExpression call, TimeRange range, bool keepsTimes)
    {
        FunctionKind kind = FunctionCatalog.KindOf(call.Function);
        bool isSummarized = kind is FunctionKind.Aggregate or FunctionKind.Selector && !(kind == FunctionKind.Selector && windows.Length <= 0 && keepsTimes);
        if (isSummarized && summaries?.TryEvaluate(call, range) is { } known)
        {
            return known.Count == 0 ? known : _fill.Fill(known, range, call.Function == "count");
        }

        NameExpression field = call.Arguments[0] as NameExpression ?? (NameExpression)((CallExpression)call.Arguments[0]).Arguments[0];
        List<InfluxPoint> points = Values(call, field, range, MostOf(call));
        if (kind == FunctionKind.Integral)
        {
            points.Reverse(0, statement.IsDescending ? points.Count : 0);
            List<InfluxPoint> areas = PointFunctions.Integral(points, FunctionCatalog.ArgumentOf(call) ?? 1e9, windows, range);
            areas.Reverse(0, statement.IsDescending ? areas.Count : 0);
            return areas;
        }

        List<InfluxPoint> results = [];
        foreach ((long start, List<InfluxPoint> window) in Windows(points, range))
        {
            IEnumerable<InfluxPoint> values = kind switch
            {
                FunctionKind.ManySelector => PointFunctions.Best(window, call.Function == "top", (int)((ValueExpression)call.Arguments[^1]).Value.AsInteger(), GroupOf(call)),
                FunctionKind.Distinct => PointFunctions.Distinct(window),
                _ when call.Arguments[0] is CallExpression => [InfluxPoint.Of(0, DataValue.From((long)PointFunctions.Distinct(window).Count()))],
                _ => WindowFunctions.Apply(call.Function, window, FunctionCatalog.ArgumentOf(call) ?? 0) is { } value ? [value] : [],
            };
            bool isAtPoint = kind == FunctionKind.ManySelector || (kind == FunctionKind.Selector && windows.Length <= 0 && keepsTimes);
            results.AddRange(isAtPoint ? values : values.Select(value => value with { Time = start }));
        }

        bool isFilled = kind is FunctionKind.Aggregate or FunctionKind.Selector && results.Count > 0;
        return isFilled ? _fill.Fill(results, range, call.Function == "count") : results;
    }

    /// <summary>The first and last points need not be looked for among all others.</summary>
    private long? MostOf(CallExpression call) => windows.Length > 0 ? null : call.Function switch
    {
        "first" => 1,
        "last" => -1,
        _ => null,
    };

    private List<InfluxPoint> Values(CallExpression call, NameExpression field, TimeRange range, long? most)
    {
        FieldKind? kind = collector.KindOf(field.Name);
        bool isTaken = kind is null or FieldKind.Number || FunctionCatalog.TakesAnyValues(call.Function) || (kind == FieldKind.Boolean && call.Function is "min" or "max");
        return isTaken
            ? collector.Collect(field, range, most)
            : throw new InfluxQueryException($"unsupported {call.Function} iterator type: *query.{(kind == FieldKind.Text ? "string" : "boolean")}InterruptIterator");
    }

    private IEnumerable<(long Start, List<InfluxPoint> Points)> Windows(List<InfluxPoint> points, TimeRange range)
    {
        for (int at = 0; at < points.Count;)
        {
            (long start, long end) = windows.Around(points[at].Time, range);
            int from = at;
            while (at < points.Count && (windows.Length <= 0 || (points[at].Time >= start && points[at].Time < end)))
            {
                budget.Step();
                at++;
            }

            List<InfluxPoint> window = points.GetRange(from, at - from);
            if (statement.IsDescending)
            {
                window.Reverse();
            }

            yield return (windows.Length <= 0 && range.From == TimeRange.Earliest ? 0 : start, window);
        }
    }

    private Func<InfluxPoint, string>? GroupOf(CallExpression call)
    {
        NameExpression[] tags = [.. call.Arguments.Skip(1).OfType<NameExpression>()];
        return tags.Length == 0 ? null : point => string.Join('\0', tags.Select(tag => collector.Set.Series[point.Series].Series.TagOf(tag.Name)));
    }
}
