using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>A condition on tags and fields, decided by the tags of a series as far as possible.</summary>
internal sealed class SeriesCondition(InfluxExpression? condition, IReadOnlySet<string> fields, QueryBudget budget)
{
    private static readonly ValueExpression s_true = new(DataValue.From(true));
    private static readonly ValueExpression s_false = new(DataValue.From(false));

    /// <summary>False when no point of the series can fulfil it.</summary>
    /// <param name="rest">The condition on the fields of the series; null when all points fulfil it.</param>
    public bool TryReduce(InputSeries series, out InfluxExpression? rest)
    {
        InfluxExpression reduced = condition is null ? s_true : Reduce(condition, series);
        rest = reduced is ValueExpression ? null : reduced;
        return reduced is not ValueExpression value || InfluxOperators.IsTrue(value.Value);
    }

    /// <summary>The name is one of a field, and not of a tag.</summary>
    public static bool IsField(NameExpression name, IReadOnlySet<string> fields) => name.Type == "field" || (name.Type != "tag" && fields.Contains(name.Name));

    private InfluxExpression Reduce(InfluxExpression expression, InputSeries series)
    {
        switch (expression)
        {
            case BracketExpression bracket:
                return Reduce(bracket.Inner, series);
            case BinaryExpression { Operator: "AND" or "OR" } logic:
                InfluxExpression left = Reduce(logic.Left, series);
                InfluxExpression right = Reduce(logic.Right, series);
                bool decides = logic.Operator == "OR";
                return Is(left, decides) || Is(right, decides) ? decides ? s_true : s_false
                    : Is(left, !decides) ? right
                    : Is(right, !decides) ? left
                    : logic with { Left = left, Right = right };
            default:
                return ExpressionEvaluation.Leaves(expression).OfType<NameExpression>().Any(name => IsField(name, fields)) ? expression
                    : InfluxOperators.IsTrue(ExpressionEvaluation.Evaluate(expression, leaf => ValueOf(leaf, series), budget)) ? s_true : s_false;
        }
    }

    private static bool Is(InfluxExpression expression, bool value) => expression is ValueExpression known && InfluxOperators.IsTrue(known.Value) == value;

    private static DataValue ValueOf(InfluxExpression leaf, InputSeries series) => leaf is NameExpression name ? DataValue.From(series.TagOf(name.Name)) : DataValue.Null;
}
