namespace ConnectorDb.Core.InfluxQl.Functions;

/// <summary>A function of mathematics, which is computed for each row.</summary>
/// <param name="Count">The number of its arguments.</param>
/// <param name="Apply">Its value; null when an argument is none.</param>
internal sealed record MathFunction(int Count, Func<DataValue[], DataValue> Apply);

/// <summary>The functions of mathematics.</summary>
internal static class MathFunctions
{
    private static readonly Dictionary<string, MathFunction> s_functions = new(StringComparer.Ordinal)
    {
        ["abs"] = new(1, arguments => arguments[0] is { Kind: DataKind.Integer } integer ? DataValue.From(integer.AsInteger() is < 0 and var negative ? -negative : integer.AsInteger()) : Numbers(arguments, values => Math.Abs(values[0]))),
        ["floor"] = Whole(Math.Floor),
        ["ceil"] = Whole(Math.Ceiling),
        ["round"] = Whole(value => Math.Round(value, MidpointRounding.AwayFromZero)),
        ["sin"] = One(Math.Sin),
        ["cos"] = One(Math.Cos),
        ["tan"] = One(Math.Tan),
        ["asin"] = One(Math.Asin),
        ["acos"] = One(Math.Acos),
        ["atan"] = One(Math.Atan),
        ["exp"] = One(Math.Exp),
        ["ln"] = One(Math.Log),
        ["log2"] = One(Math.Log2),
        ["log10"] = One(Math.Log10),
        ["sqrt"] = One(Math.Sqrt),
        ["log"] = new(2, arguments => Numbers(arguments, values => Math.Log(values[0]) / Math.Log(values[1]))),
        ["atan2"] = new(2, arguments => Numbers(arguments, values => Math.Atan2(values[0], values[1]))),
        ["pow"] = new(2, arguments => Numbers(arguments, values => Math.Pow(values[0], values[1]))),
    };

    public static MathFunction? Find(string name) => s_functions.GetValueOrDefault(name);

    private static MathFunction One(Func<double, double> function) => new(1, arguments => Numbers(arguments, values => function(values[0])));

    /// <summary>A function that leaves integers as they are.</summary>
    private static MathFunction Whole(Func<double, double> function)
        => new(1, arguments => arguments[0].Kind == DataKind.Integer ? arguments[0] : Numbers(arguments, values => function(values[0])));

    private static DataValue Numbers(DataValue[] arguments, Func<double[], double> function)
        => Array.TrueForAll(arguments, argument => argument.IsNumber) && function(Array.ConvertAll(arguments, argument => argument.AsDouble())) is var result && double.IsFinite(result)
            ? DataValue.From(result)
            : DataValue.Null;
}
