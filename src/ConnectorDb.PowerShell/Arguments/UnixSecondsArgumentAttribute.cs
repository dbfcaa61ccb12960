using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>
/// Converts arguments in every form of <see cref="TimeText"/> to unix seconds, without rounding: an array of doubles. Texts and dates of .NET
/// are kept in an array of objects, because other parameters say how they are read.
/// </summary>
public sealed class UnixSecondsArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = TypedText.SpanOrValue(inputData);
        if (given is double[] ready && (ready.Length == 0 || UnixTime.IsInCalendar(ready[^1])))
        {
            return ready;
        }

        object?[] items = given is IList many ? [.. many.Cast<object?>()] : [given is string ? given : inputData];
        return items.Any(TimeText.NeedsParser) ? Array.ConvertAll(items, item => TimeText.NeedsParser(item) ? item : Read(item)) : Array.ConvertAll(items, Read);
    }

    /// <summary>The times; null when none were given.</summary>
    /// <param name="name">The parameter.</param>
    /// <exception cref="Errors.ArgumentTextException">One of them is not a time.</exception>
    internal static double[]? Read(object? given, TimestampParser parser, string name) => given switch
    {
        null => null,
        double[] ready => ready,
        _ => Array.ConvertAll((object?[])given, item => ZonedTimeArgumentAttribute.Read(item, parser, name)!.Value),
    };

    private static double Read(object? value)
        => TimeText.TryReadArgument(value, out double seconds, out string? reason)
            ? seconds
            : throw new ArgumentTransformationMetadataException(reason);
}
