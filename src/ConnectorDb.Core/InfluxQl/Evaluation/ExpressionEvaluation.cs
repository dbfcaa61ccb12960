using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.InfluxQl.Functions;
using ConnectorDb.Core.InfluxQl.Language;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Computes expressions.</summary>
internal static class ExpressionEvaluation
{
    /// <param name="leaf">The value of a name, or of a call that is not of mathematics.</param>
    public static DataValue Evaluate(InfluxExpression expression, Func<InfluxExpression, DataValue> leaf, QueryBudget budget) => expression switch
    {
        ValueExpression value => value.Value,
        DurationExpression duration => DataValue.From(duration.Nanoseconds),
        BracketExpression bracket => Evaluate(bracket.Inner, leaf, budget),
        CallExpression call when MathFunctions.Find(call.Function) is { } function => function.Apply([.. call.Arguments.Select(argument => Evaluate(argument, leaf, budget))]),
        BinaryExpression { Right: RegexExpression regex } match => IsMatch(match, regex, leaf, budget),
        BinaryExpression { Operator: "AND" or "OR" } logic => Logic(logic, leaf, budget),
        BinaryExpression binary => InfluxOperators.Apply(binary.Operator, Evaluate(binary.Left, leaf, budget), Evaluate(binary.Right, leaf, budget)),
        _ => leaf(expression),
    };

    /// <summary>The names and calls that are not of mathematics in an expression, in order.</summary>
    public static IEnumerable<InfluxExpression> Leaves(InfluxExpression expression) => expression switch
    {
        BracketExpression bracket => Leaves(bracket.Inner),
        BinaryExpression binary => Leaves(binary.Left).Concat(Leaves(binary.Right)),
        CallExpression call when MathFunctions.Find(call.Function) is not null => call.Arguments.SelectMany(Leaves),
        NameExpression or CallExpression => [expression],
        _ => [],
    };

    private static DataValue IsMatch(BinaryExpression match, RegexExpression regex, Func<InfluxExpression, DataValue> leaf, QueryBudget budget)
    {
        DataValue left = Evaluate(match.Left, leaf, budget);
        return left.Kind == DataKind.Text ? DataValue.From(ExpressionMatch.IsMatch(regex.Pattern, left.AsText(), budget) == (match.Operator == "=~")) : DataValue.Null;
    }

    private static DataValue Logic(BinaryExpression logic, Func<InfluxExpression, DataValue> leaf, QueryBudget budget)
    {
        bool left = InfluxOperators.IsTrue(Evaluate(logic.Left, leaf, budget));
        return DataValue.From(logic.Operator == "AND"
            ? left && InfluxOperators.IsTrue(Evaluate(logic.Right, leaf, budget))
            : left || InfluxOperators.IsTrue(Evaluate(logic.Right, leaf, budget)));
    }
}
