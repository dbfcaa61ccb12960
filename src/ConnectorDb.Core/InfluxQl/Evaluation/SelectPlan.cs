using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The columns of a statement, and the parts of which they are computed.</summary>
internal sealed class SelectPlan
{
    private const string TimeName = "time";

    /// <param name="selected">The fields of the statement, without wildcards.</param>
    /// <exception cref="InfluxQueryException">They do not go together.</exception>
    public SelectPlan(IReadOnlyList<SelectedField> selected, IReadOnlyDictionary<string, FieldKind> fields, SelectStatement statement, bool hasWindows)
    {
        FieldNames = new HashSet<string>(fields.Keys, StringComparer.Ordinal);
        SelectedField? time = selected.FirstOrDefault(field => field.Expression is NameExpression { Name: TimeName });
        SelectedField[] columns = [.. selected.Where(field => field.Expression is not NameExpression { Name: TimeName }).SelectMany(WithTags)];
        if (columns.Length == 0)
        {
            throw new InfluxQueryException("at least 1 non-time field must be queried");
        }

        Expressions = [.. columns.Select(column => column.Expression)];
        Columns = [time?.Alias ?? TimeName, .. ColumnNames.Of(columns)];
        InfluxExpression[] leaves = [.. Expressions.SelectMany(ExpressionEvaluation.Leaves)];
        Calls = [.. leaves.OfType<CallExpression>()];
        Names = [.. leaves.OfType<NameExpression>().Distinct()];
        Check(statement, hasWindows);
    }

    /// <summary>The names of the columns, that of the time first.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The expressions of the columns after the time.</summary>
    public IReadOnlyList<InfluxExpression> Expressions { get; }

    /// <summary>The calls of functions over points.</summary>
    public IReadOnlyList<CallExpression> Calls { get; }

    /// <summary>The fields and tags outside of these calls.</summary>
    public IReadOnlyList<NameExpression> Names { get; }

    /// <summary>The names of all fields; others are tags.</summary>
    public IReadOnlySet<string> FieldNames { get; }

    /// <summary>The rows are those points that the one call selects.</summary>
    public bool IsOneSelector => Calls is [var call] && FunctionCatalog.KindOf(call.Function) is FunctionKind.Selector or FunctionKind.ManySelector;

    /// <summary>The tags of top and bottom are columns behind them.</summary>
    private static IEnumerable<SelectedField> WithTags(SelectedField field)
        => field.Expression is CallExpression { Function: "top" or "bottom" } call
            ? call.Arguments.Skip(1).OfType<NameExpression>().Select(tag => new SelectedField(tag, null)).Prepend(field)
            : [field];

    private void Check(SelectStatement statement, bool hasWindows)
    {
        foreach (CallExpression call in Calls)
        {
            FunctionCatalog.Check(call, hasWindows);
        }

        if (Calls.Count == 0)
        {
            if (hasWindows)
            {
                throw new InfluxQueryException("GROUP BY requires at least one aggregate function");
            }

            if (statement.Fill is FillKind.None or FillKind.Linear)
            {
                throw new InfluxQueryException($"fill({(statement.Fill == FillKind.None ? "none" : "linear")}) must be used with a function");
            }
        }
        else if (Names.Count > 0 && Calls.Any(call => FunctionCatalog.KindOf(call.Function) is not (FunctionKind.Selector or FunctionKind.ManySelector)))
        {
            throw new InfluxQueryException("mixing aggregate and non-aggregate queries is not supported");
        }
        else if (Names.Count > 0 && Calls.Count > 1)
        {
            throw new InfluxQueryException("mixing multiple selector functions with tags or fields is not supported");
        }
        else if (Calls.Count > 1 && Calls.FirstOrDefault(call => FunctionCatalog.KindOf(call.Function) is FunctionKind.Distinct or FunctionKind.ManySelector) is { } alone)
        {
            throw new InfluxQueryException(alone.Function == "distinct"
                ? "aggregate function distinct() cannot be combined with other functions or fields"
                : $"selector function {alone.Function}() cannot be combined with other functions");
        }
    }
}
