using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Appending;

/// <summary>Limits that apply to every stream besides its schema: a double must be able to hold a number, and a value must not be too large.</summary>
/// <remarks>A larger number would be infinity for every reader, and for each sum and mean of the stream.</remarks>
internal static class ValueLimits
{
    /// <summary>Maximum size of one value, in characters and bytes together.</summary>
    public const long MaxWeight = 128L << 20;

    /// <summary>The letters of a number in a message.</summary>
    private const int MostLetters = 24;

    /// <summary>True when the columns show that all values are within the limits; otherwise they are checked one by one.</summary>
    public static bool AcceptsAll(Column values) => values switch
    {
        NumberColumn numbers => AreFinite(numbers.Values.Span),
        IntegerColumn or BooleanColumn => true,
        TextColumn => ColumnWeight.Of(values) <= MaxWeight,
        RecordColumn records => records.Fields.All(AcceptsAll) && ColumnWeight.Of(records) <= MaxWeight,
        _ => false,
    };

    /// <summary>Why the value is beyond the limits; null when it is not.</summary>
    /// <param name="asExported">Numbers that no double holds are accepted.</param>
    public static InvalidValueException? Check(object stream, Column values, int index, bool asExported)
        => Reason(values[index], asExported) is { } reason ? Rejection(stream, index, reason)
            : ColumnWeight.Of(values, index) is var weight and > MaxWeight
                ? Rejection(stream, index, $"has about {weight >> 20} MiB; at most {MaxWeight >> 20} MiB are allowed. Split it, or keep it in a file and store the file's name.")
            : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreFinite(ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            if (!double.IsFinite(number))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Reason(DataValue value, bool asExported)
    {
        switch (value.Kind)
        {
            case DataKind.Number when !value.IsNumberText && !double.IsFinite(value.AsDouble()):
                return $"is {value.AsDouble().ToString(CultureInfo.InvariantCulture)}, which JSON cannot hold. Omit it, or store null if the schema allows it.";
            case DataKind.Number when value.IsNumberText && !asExported && !double.IsFinite(value.AsDouble()):
                return $"has the number {Start(value.ToJson())}, which is larger than the numbers that a stream can have, up to 1.8e308. Omit it, or store it as text.";
            case DataKind.Array:
                foreach (DataValue item in value.AsArray())
                {
                    if (Reason(item, asExported) is { } reason)
                    {
                        return reason;
                    }
                }

                return null;
            case DataKind.Object:
                foreach ((_, DataValue member) in value.AsObject().Members)
                {
                    if (Reason(member, asExported) is { } reason)
                    {
                        return reason;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static string Start(string number) => number.Length > MostLetters ? $"{number.AsSpan(0, MostLetters)}…" : number;

    private static InvalidValueException Rejection(object stream, int index, string reason)
        => new($"The value of datapoint {index + 1} for '{stream}' {reason}", stream) { Place = index, Reason = $"Its value {reason}" };
}
