using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Arrivals;

/// <summary>What no stream takes, whatever its schema says: numbers that JSON cannot hold, and values that are too big.</summary>
internal static class ValueLimits
{
    /// <summary>The most characters and bytes that one value may have together.</summary>
    public const long MaxWeight = 128L << 20;

    /// <exception cref="InvalidValueException">A value is none that can be kept.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Check(CdbPath path, Block points)
    {
        switch (points.Values)
        {
            case IntegerColumn or BooleanColumn:
                break;
            case NumberColumn numbers:
                ReadOnlySpan<double> values = numbers.Values.Span;
                for (int i = 0; i < values.Length; i++)
                {
                    if (!double.IsFinite(values[i]))
                    {
                        throw NotANumber(path, i, values[i]);
                    }
                }

                break;
            default:
                for (int i = 0; i < points.Count; i++)
                {
                    Check(path, i, points.Values[i]);
                    CheckWeight(path, i, ColumnWeight.Of(points.Values, i));
                }

                break;
        }
    }

    private static void Check(CdbPath path, int index, DataValue value)
    {
        switch (value.Kind)
        {
            case DataKind.Number when !value.IsNumberText && !double.IsFinite(value.AsDouble()):
                throw NotANumber(path, index, value.AsDouble());
            case DataKind.Array:
                foreach (DataValue item in value.AsArray())
                {
                    Check(path, index, item);
                }

                break;
            case DataKind.Object:
                foreach ((_, DataValue member) in value.AsObject().Members)
                {
                    Check(path, index, member);
                }

                break;
        }
    }

    private static void CheckWeight(CdbPath path, int index, long weight)
    {
        if (weight > MaxWeight)
        {
            throw Refused(path, index, $"has about {weight >> 20} MiB; at most {MaxWeight >> 20} MiB are allowed. Split it, or keep it in a file and store the file's name.");
        }
    }

    private static InvalidValueException NotANumber(CdbPath path, int index, double value)
        => Refused(path, index, $"is {value.ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold. Leave it out, or store null where the schema allows it.");

    private static InvalidValueException Refused(CdbPath path, int index, string reason)
        => new($"The value of datapoint {index} for '{path}' {reason}", path) { Place = index, Reason = $"Its value {reason}" };
}
