using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Adds points for windows that have none.</summary>
internal sealed class WindowFill(SelectStatement statement, TimeWindows windows, QueryBudget budget)
{
    private const int BytesPerPoint = 100;

    /// <param name="points">A point for each window that has one, in the order of the statement; at least one.</param>
    /// <param name="range">The range of the statement.</param>
    /// <param name="isCount">Windows without points count 0, unless another number is given.</param>
    public List<InfluxPoint> Fill(List<InfluxPoint> points, TimeRange range, bool isCount)
    {
        FillKind kind = statement.Fill ?? FillKind.Null;
        if (windows.Length <= 0 || kind == FillKind.None)
        {
            return points;
        }

        DataValue number = kind == FillKind.Null && isCount ? DataValue.From(0L) : statement.FillValue;
        kind = kind == FillKind.Null && isCount ? FillKind.Number : kind;
        long from = range.From == TimeRange.Earliest ? points.Min(point => point.Time) : windows.Around(range.From, range).Start;
        long to = range.To == TimeRange.Latest ? points.Max(point => point.Time) : windows.Around(range.To, range).Start;
        List<InfluxPoint> filled = [];
        int next = 0;
        for (long time = statement.IsDescending ? to : from; statement.IsDescending ? time >= from : time <= to; time = windows.Next(time, statement.IsDescending, range))
        {
            budget.Step();
            budget.Take(BytesPerPoint);
            budget.AddRows(1);
            if (next < points.Count && points[next].Time == time)
            {
                filled.Add(points[next++]);
                continue;
            }

            filled.Add(InfluxPoint.Of(time, kind switch
            {
                FillKind.Number => Cast(number, points[0].Value.Kind),
                FillKind.Previous => filled.Count > 0 ? filled[^1].Value : DataValue.Null,
                FillKind.Linear => next > 0 && next < points.Count ? Between(points[next - 1], points[next], time) : DataValue.Null,
                _ => DataValue.Null,
            }));
        }

        return filled;
    }

    /// <summary>The number as a value of the field; false or no text where these are none.</summary>
    private static DataValue Cast(DataValue number, DataKind kind) => kind switch
    {
        DataKind.Boolean => DataValue.From(false),
        DataKind.Text => DataValue.From(""),
        DataKind.Integer => DataValue.From((long)number.AsDouble()),
        _ => number,
    };

    private static DataValue Between(InfluxPoint before, InfluxPoint after, long time)
    {
        if (!before.Value.IsNumber || !after.Value.IsNumber)
        {
            return DataValue.Null;
        }

        double share = (time - before.Time) / (double)(after.Time - before.Time);
        double value = before.Number + ((after.Number - before.Number) * share);
        return before.Value.Kind == DataKind.Integer && after.Value.Kind == DataKind.Integer ? DataValue.From((long)value) : DataValue.From(value);
    }
}
