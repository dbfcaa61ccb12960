using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Reads the points of grouped series, each field once.</summary>
internal sealed class PointCollector(TagSet set, IReadOnlySet<string> fields, bool isDescending, QueryBudget budget)
{
    private readonly Dictionary<(int Series, string Field, TimeRange Range, long? Most), FieldPoints> _read = [];

    public TagSet Set => set;

    /// <summary>The kind of a field; null when no series has it.</summary>
    public FieldKind? KindOf(string field)
    {
        foreach (SelectedSeries selected in set.Series)
        {
            if (selected.Series.Fields.TryGetValue(field, out FieldKind kind))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The points of a field of all series that fulfil the condition, in the order of the statement.</summary>
    /// <param name="most">The maximum number of points of a series, from its start, or from its end if it is negative; null for all.</param>
    public List<InfluxPoint> Collect(NameExpression field, TimeRange range, long? most = null)
    {
        List<List<InfluxPoint>> lists = [];
        for (int i = 0; i < set.Series.Count; i++)
        {
            FieldPoints read = field.Type == "tag" ? FieldPoints.None : Read(i, field.Name, range, set.Series[i].Condition is null ? most : null);
            List<InfluxPoint> points = new(set.Series[i].Condition is null ? read.Count : 0);
            for (int at = 0; at < read.Count; at++)
            {
                budget.Step();
                DataValue value = InfluxCast.To(field.Type, read.Values[at]);
                if (!value.IsNull && IsSelected(i, read.Times[at], range))
                {
                    points.Add(new InfluxPoint(read.Times[at], value, i, read.Times[at]));
                }
            }

            if (isDescending)
            {
                points.Reverse();
            }

            lists.Add(points);
        }

        return lists is [var only] ? only : [.. SeriesMerge.Of(lists, point => point.Time, isDescending)];
    }

    /// <summary>The rows of all series in which some of the fields have a value, in the order of the statement.</summary>
    /// <param name="most">The maximum number of points of a series, from its start, or from its end if it is negative; null for all.</param>
    public IEnumerable<(int Series, long Time)> Rows(IReadOnlyList<NameExpression> names, TimeRange range, long? most)
    {
        string[] wanted = [.. names.Where(name => SeriesCondition.IsField(name, fields) && InfluxCast.IsPossible(name.Type, KindOf(name.Name))).Select(name => name.Name).Distinct()];
        List<IReadOnlyList<(int Series, long Time)>> lists = [];
        for (int i = 0; i < set.Series.Count; i++)
        {
            int series = i;
            long? limit = set.Series[i].Condition is null ? most : null;
            FieldPoints[] read = [.. wanted.Select(field => Read(series, field, range, limit))];
            IEnumerable<long> times = read is [var only] ? only.Times : read.SelectMany(points => points.Times).Distinct().Order();
            (int, long)[] rows = [.. times.Where(time => IsSelected(series, time, range)).Select(time => (series, time))];
            if (isDescending)
            {
                Array.Reverse(rows);
            }

            lists.Add(rows);
        }

        return SeriesMerge.Of(lists, row => row.Time, isDescending);
    }

    /// <summary>The value of a field or tag of a row.</summary>
    /// <param name="most">That of the rows.</param>
    public DataValue ValueOf(NameExpression name, int series, long time, TimeRange range, long? most)
    {
        SelectedSeries selected = set.Series[series];
        if (!SeriesCondition.IsField(name, fields))
        {
            string tag = name.Type is null or "tag" or "string" ? selected.Series.TagOf(name.Name) : "";
            return tag.Length == 0 ? DataValue.Null : DataValue.From(tag);
        }

        return InfluxCast.To(name.Type, Read(series, name.Name, range, selected.Condition is null ? most : null).At(time));
    }

    private bool IsSelected(int series, long time, TimeRange range)
        => set.Series[series].Condition is not { } condition || InfluxOperators.IsTrue(ExpressionEvaluation.Evaluate(condition, leaf => ConditionValue(leaf, series, time, range), budget));

    private DataValue ConditionValue(InfluxExpression leaf, int series, long time, TimeRange range) => leaf switch
    {
        NameExpression name when SeriesCondition.IsField(name, fields) => InfluxCast.To(name.Type, Read(series, name.Name, range, null).At(time)),
        NameExpression name => DataValue.From(set.Series[series].Series.TagOf(name.Name)),
        _ => throw new InfluxQueryException("functions of fields are not allowed in WHERE"),
    };

    private FieldPoints Read(int series, string field, TimeRange range, long? most)
    {
        if (!_read.TryGetValue((series, field, range, most), out FieldPoints? points))
        {
            _read[(series, field, range, most)] = points = set.Series[series].Series.Read(field, range, most);
        }

        return points;
    }
}
