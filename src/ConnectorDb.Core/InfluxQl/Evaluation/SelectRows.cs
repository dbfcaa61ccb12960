using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Computes the rows of grouped series.</summary>
internal sealed class SelectRows(SelectStatement statement, SelectPlan plan, TimeWindows windows, TimeRange range, IInfluxStreams streams, QueryBudget budget)
{
    private const int BytesPerValue = 24;

    /// <summary>The rows in the order of the statement, within its limits.</summary>
    public List<DataValue[]> Of(TagSet set)
    {
        PointCollector collector = new(set, plan.FieldNames, statement.IsDescending, budget);
        IEnumerable<DataValue[]> rows = plan.Calls.Count == 0 ? Raw(collector) : Computed(collector);
        rows = statement.Limits.Offset > 0 ? rows.Skip((int)Math.Min(int.MaxValue, statement.Limits.Offset)) : rows;
        rows = statement.Limits.Limit > 0 ? rows.Take((int)Math.Min(int.MaxValue, statement.Limits.Limit)) : rows;
        List<DataValue[]> results = [];
        foreach (DataValue[] row in rows)
        {
            budget.AddRows(1);
            budget.Take(BytesPerValue * (row.Length + 1));
            results.Add(row);
        }

        return results;
    }

    private IEnumerable<DataValue[]> Raw(PointCollector collector)
    {
        SeriesLimits limits = statement.Limits;
        long? most = limits.Limit == 0 || limits.Limit + limits.Offset > int.MaxValue ? null : statement.IsDescending ? -limits.Limit - limits.Offset : limits.Limit + limits.Offset;
        foreach ((int series, long time) in collector.Rows(plan.Names, range, most))
        {
            yield return Row(time, leaf => leaf is NameExpression name ? collector.ValueOf(name, series, time, range, most) : DataValue.Null);
        }
    }

    private IEnumerable<DataValue[]> Computed(PointCollector collector)
    {
        bool isBitwise = plan.Expressions.Any(UsesBits);
        CallEvaluation evaluation = new(statement, collector, windows, isBitwise ? null : new SummaryWindows(statement, collector, windows, streams), budget);
        List<InfluxPoint>[] points = [.. plan.Calls.Select(call => evaluation.Evaluate(call, range, plan.IsOneSelector || FunctionCatalog.KindOf(call.Function) == FunctionKind.Transform))];
        return points is [var only] ? only.Select(point => Row(collector, point)) : Joined(points);
    }

    private DataValue[] Row(PointCollector collector, InfluxPoint point) => Row(point.Time, leaf => leaf switch
    {
        CallExpression => point.Value,
        NameExpression name when !point.Value.IsNull => collector.ValueOf(name, point.Series, point.Source, range, most: null),
        _ => DataValue.Null,
    });

    /// <summary>A row for each time at which some call gives a value.</summary>
    private IEnumerable<DataValue[]> Joined(List<InfluxPoint>[] points)
    {
        int[] next = new int[points.Length];
        DataValue[] values = new DataValue[points.Length];
        while (true)
        {
            long? time = null;
            for (int i = 0; i < points.Length; i++)
            {
                if (next[i] < points[i].Count && points[i][next[i]].Time is var at && (time is null || (statement.IsDescending ? at > time : at < time)))
                {
                    time = at;
                }
            }

            if (time is null)
            {
                yield break;
            }

            for (int i = 0; i < points.Length; i++)
            {
                bool isThere = next[i] < points[i].Count && points[i][next[i]].Time == time;
                values[i] = isThere ? points[i][next[i]++].Value : DataValue.Null;
            }

            yield return Row(time.Value, leaf => leaf is CallExpression call ? values[IndexOf(call)] : DataValue.Null);
        }
    }

    private int IndexOf(CallExpression call)
    {
        int i = 0;
        while (!ReferenceEquals(plan.Calls[i], call))
        {
            i++;
        }

        return i;
    }

    private DataValue[] Row(long time, Func<InfluxExpression, DataValue> leaf)
    {
        DataValue[] row = new DataValue[plan.Expressions.Count + 1];
        row[0] = DataValue.From(time);
        for (int i = 1; i < row.Length; i++)
        {
            row[i] = ExpressionEvaluation.Evaluate(plan.Expressions[i - 1], leaf, budget);
        }

        return row;
    }

    private static bool UsesBits(InfluxExpression expression) => expression switch
    {
        BinaryExpression { Operator: "&" or "|" or "^" } => true,
        BinaryExpression binary => UsesBits(binary.Left) || UsesBits(binary.Right),
        BracketExpression bracket => UsesBits(bracket.Inner),
        _ => false,
    };
}
