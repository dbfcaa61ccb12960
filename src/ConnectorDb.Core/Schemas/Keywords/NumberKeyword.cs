using System.Globalization;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>minimum</c>, <c>maximum</c>, their exclusive forms (of draft 4 and later), <c>multipleOf</c>.</summary>
internal sealed class NumberKeyword : Keyword
{
    private double _minimum = double.NegativeInfinity;
    private double _maximum = double.PositiveInfinity;
    private double _above = double.NegativeInfinity;
    private double _below = double.PositiveInfinity;
    private double? _unit;

    public static NumberKeyword? Read(SchemaSource source)
    {
        NumberKeyword keyword = new();
        (keyword._minimum, keyword._above) = Bounds(source, "minimum", "exclusiveMinimum", double.NegativeInfinity);
        (keyword._maximum, keyword._below) = Bounds(source, "maximum", "exclusiveMaximum", double.PositiveInfinity);
        keyword._unit = source.Number("multipleOf");
        if (keyword._unit <= 0)
        {
            throw source.Error("multipleOf", "must be more than 0");
        }

        bool isBounded = keyword._unit is not null
            || double.IsFinite(keyword._minimum) || double.IsFinite(keyword._maximum)
            || double.IsFinite(keyword._above) || double.IsFinite(keyword._below);
        return isBounded ? keyword : null;
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values switch
    {
        TextColumn or BooleanColumn or RecordColumn => true,
        NumberColumn numbers when _unit is null => AllWithin(numbers.Values.Span),
        _ => false,
    };

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        if (!value.IsNumber)
        {
            return null;
        }

        double number = value.AsDouble();
        return number < _minimum ? Breaks(value, "is less than the minimum", _minimum)
            : number > _maximum ? Breaks(value, "is more than the maximum", _maximum)
            : number <= _above ? Breaks(value, "is not more than", _above)
            : number >= _below ? Breaks(value, "is not less than", _below)
            : _unit is { } unit && !IsMultiple(value, unit) ? Breaks(value, "is not a multiple of", unit)
            : null;
    }

    private static (double Inclusive, double Exclusive) Bounds(SchemaSource source, string inclusive, string exclusive, double none)
    {
        double bound = source.Number(inclusive) ?? none;
        if (!source.TryGet(exclusive, out DataValue value) || value.IsNumber)
        {
            return (bound, source.Number(exclusive) ?? none);
        }

        return source.Boolean(exclusive) == true ? (none, bound) : (bound, none);
    }

    private bool AllWithin(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (!(value >= _minimum && value <= _maximum && value > _above && value < _below))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Uses decimals within their range, because users take 0.3 for a multiple of 0.1.</summary>
    private static bool IsMultiple(DataValue value, double unit)
    {
        const double Reach = 1e15;
        double number = value.AsDouble();
        if (Math.Abs(number) < Reach && unit is > 1e-12 and < Reach)
        {
            return (decimal)number % (decimal)unit == 0;
        }

        double quotient = number / unit;
        return double.IsFinite(quotient) ? double.IsInteger(quotient) : number % unit == 0;
    }

    private static SchemaError Breaks(DataValue value, string how, double bound)
        => new(value, $"{how} {bound.ToString(CultureInfo.InvariantCulture)}");
}
