using ConnectorDb.Core.InfluxQl.Language;

namespace ConnectorDb.Core.InfluxQl.Functions;

/// <summary>The functions over points, and the rules of their arguments.</summary>
internal static class FunctionCatalog
{
    private static readonly Dictionary<string, (FunctionKind Kind, int Least, int Most)> s_functions = new(StringComparer.Ordinal)
    {
        ["count"] = (FunctionKind.Aggregate, 1, 1),
        ["mean"] = (FunctionKind.Aggregate, 1, 1),
        ["sum"] = (FunctionKind.Aggregate, 1, 1),
        ["median"] = (FunctionKind.Aggregate, 1, 1),
        ["mode"] = (FunctionKind.Aggregate, 1, 1),
        ["spread"] = (FunctionKind.Aggregate, 1, 1),
        ["stddev"] = (FunctionKind.Aggregate, 1, 1),
        ["integral"] = (FunctionKind.Integral, 1, 2),
        ["distinct"] = (FunctionKind.Distinct, 1, 1),
        ["min"] = (FunctionKind.Selector, 1, 1),
        ["max"] = (FunctionKind.Selector, 1, 1),
        ["first"] = (FunctionKind.Selector, 1, 1),
        ["last"] = (FunctionKind.Selector, 1, 1),
        ["percentile"] = (FunctionKind.Selector, 2, 2),
        ["top"] = (FunctionKind.ManySelector, 2, int.MaxValue),
        ["bottom"] = (FunctionKind.ManySelector, 2, int.MaxValue),
        ["derivative"] = (FunctionKind.Transform, 1, 2),
        ["non_negative_derivative"] = (FunctionKind.Transform, 1, 2),
        ["difference"] = (FunctionKind.Transform, 1, 1),
        ["non_negative_difference"] = (FunctionKind.Transform, 1, 1),
        ["cumulative_sum"] = (FunctionKind.Transform, 1, 1),
        ["moving_average"] = (FunctionKind.Transform, 2, 2),
        ["elapsed"] = (FunctionKind.Transform, 1, 2),
    };

    private static readonly HashSet<string> s_unsupported = new(StringComparer.Ordinal) { "holt_winters", "holt_winters_with_fit", "sample" };

    /// <summary>Functions that take any values; the others take numbers, and min and max also booleans.</summary>
    private static readonly HashSet<string> s_ofAnyValues = new(StringComparer.Ordinal) { "count", "first", "last", "distinct", "mode", "elapsed" };

    public static FunctionKind KindOf(string function) => s_functions[function].Kind;

    public static bool TakesAnyValues(string function) => s_ofAnyValues.Contains(function);

    /// <param name="hasWindows">The statement has <c>GROUP BY time</c>.</param>
    /// <exception cref="InfluxQueryException">The call is not valid.</exception>
    public static void Check(CallExpression call, bool hasWindows)
    {
        if (s_unsupported.Contains(call.Function))
        {
            throw new InfluxQueryException($"function {call.Function}() is not supported");
        }

        if (!s_functions.TryGetValue(call.Function, out (FunctionKind Kind, int Least, int Most) function))
        {
            throw new InfluxQueryException($"undefined function {call.Function}()");
        }

        CheckCount(call, function.Least, function.Most);
        CheckField(call, function.Kind, hasWindows);
        CheckRest(call, function.Kind);
    }

    /// <summary>The number, or duration in nanoseconds, after the field.</summary>
    public static double? ArgumentOf(CallExpression call) => call.Arguments.ElementAtOrDefault(1) switch
    {
        DurationExpression duration => duration.Nanoseconds,
        ValueExpression { Value.IsNumber: true } number => number.Value.AsDouble(),
        _ => null,
    };

    private static void CheckCount(CallExpression call, int least, int most)
    {
        int count = call.Arguments.Count;
        if (count < least || count > most)
        {
            string expected = least == most ? $"{least}" : most == int.MaxValue ? $"at least {least}" : $"at least {least} but no more than {most}";
            throw new InfluxQueryException($"invalid number of arguments for {call.Function}, expected {expected}, got {count}");
        }
    }

    private static void CheckField(CallExpression call, FunctionKind kind, bool hasWindows)
    {
        switch (call.Arguments[0])
        {
            case NameExpression when kind == FunctionKind.Transform && hasWindows:
                throw new InfluxQueryException($"aggregate function required inside the call to {call.Function}");
            case NameExpression:
                break;
            case WildcardExpression or RegexExpression:
                // Those of a column of its own were replaced by fields before.
                throw new InfluxQueryException($"unsupported expression with wildcard: {call.Function}()");
            case CallExpression { Function: "distinct" } inner when call.Function == "count":
                Check(inner, hasWindows);
                break;
            case CallExpression inner when kind == FunctionKind.Transform && !hasWindows:
                Check(inner, hasWindows);
                throw new InfluxQueryException($"{call.Function} aggregate requires a GROUP BY interval");
            case CallExpression inner when kind == FunctionKind.Transform:
                Check(inner, hasWindows);
                break;
            default:
                throw new InfluxQueryException($"expected field argument in {call.Function}()");
        }
    }

    private static void CheckRest(CallExpression call, FunctionKind kind)
    {
        switch (kind, call.Arguments.Count > 1 ? call.Arguments[^1] : null)
        {
            case (_, null):
                break;
            case (FunctionKind.ManySelector, var count):
                CheckBest(call, count);
                break;
            case (FunctionKind.Selector, not ValueExpression { Value.IsNumber: true }):
                throw new InfluxQueryException("expected float argument in percentile()");
            case (FunctionKind.Selector, _):
                break;
            case (_, var size) when call.Function == "moving_average":
                CheckMovingAverage(size);
                break;
            case (_, DurationExpression { Nanoseconds: <= 0 } unit):
                throw new InfluxQueryException($"duration argument must be positive, got {InfluxDuration.Text(unit.Nanoseconds)}");
            case (_, not DurationExpression and var other):
                throw new InfluxQueryException($"second argument to {call.Function} must be a duration, got *influxql.{NameOf(other)}");
        }
    }

    private static void CheckBest(CallExpression call, InfluxExpression count)
    {
        if (count is not ValueExpression { Value.Kind: DataKind.Integer } number)
        {
            throw new InfluxQueryException($"expected integer as last argument in {call.Function}(), found {TextOf(count)}");
        }

        if (number.Value.AsInteger() <= 0)
        {
            throw new InfluxQueryException($"limit ({number.Value.AsInteger()}) in {call.Function} function must be at least 1");
        }

        if (call.Arguments.Skip(1).SkipLast(1).FirstOrDefault(argument => argument is not NameExpression) is { } wrong)
        {
            throw new InfluxQueryException($"only fields or tags are allowed in {call.Function}(), found {TextOf(wrong)}");
        }
    }

    private static void CheckMovingAverage(InfluxExpression size)
    {
        if (size is not ValueExpression { Value.Kind: DataKind.Integer } number)
        {
            throw new InfluxQueryException($"second argument for moving_average must be an integer, got *influxql.{NameOf(size)}");
        }

        if (number.Value.AsInteger() is <= 1 or > int.MaxValue)
        {
            throw new InfluxQueryException($"moving_average window must be greater than 1, got {number.Value.AsInteger()}");
        }
    }

    private static string TextOf(InfluxExpression expression) => expression is NameExpression name ? name.Name : expression is ValueExpression value ? value.Value.ToJson() : NameOf(expression);

    private static string NameOf(InfluxExpression expression) => expression switch
    {
        ValueExpression { Value.Kind: DataKind.Integer } => "IntegerLiteral",
        ValueExpression { Value.Kind: DataKind.Number } => "NumberLiteral",
        ValueExpression { Value.Kind: DataKind.Text } => "StringLiteral",
        ValueExpression => "BooleanLiteral",
        NameExpression => "VarRef",
        CallExpression => "Call",
        _ => "BinaryExpr",
    };
}
