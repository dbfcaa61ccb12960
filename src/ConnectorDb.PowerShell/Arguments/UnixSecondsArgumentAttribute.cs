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
        if (given is double[] ready && (ready.Length == 0 || UnixTime.IsInCalendar(ready[^1])) && !Array.Exists(ready, double.IsNaN))
        {
            return ready;
        }

        object?[] items = given is IList many ? [.. many.Cast<object?>()] : [given is string ? given : inputData];
        return items.Any(TimeText.NeedsParser) ? Array.ConvertAll(items, item => TimeText.NeedsParser(item) ? item : Read(item)) : Array.ConvertAll(items, Read);
    }

    /// <summary>Reads the texts and dates among the times. Their order tells which time of the hour that occurs twice a local time is.</summary>
    /// <param name="times">The times; null when none were given.</param>
    /// <param name="reason">Why one of them is no time; null when all are times.</param>
    internal static bool TryRead(object? given, TimestampParser parser, out double[]? times, out string? reason)
    {
        reason = null;
        times = given as double[];
        if (given is not object?[] items)
        {
            return true;
        }

        double[] read = new double[items.Length];
        string? refused = null;
        TimestampRows<int> rows = new(parser, (row, seconds) => read[row] = seconds, (_, why) => refused ??= why);
        for (int i = 0; i < items.Length; i++)
        {
            TimeText.AddArgument(rows, items[i], i);
        }

        rows.Complete();
        (times, reason) = (read, refused);
        return reason is null;
    }

    private static double Read(object? value)
        => TimeText.TryReadArgument(value, out double seconds, out string? reason)
            ? seconds
            : throw new ArgumentTransformationMetadataException(reason);
}
