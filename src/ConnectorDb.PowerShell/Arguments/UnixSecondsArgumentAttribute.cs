using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments in every form of <see cref="TimeText"/> to unix seconds, without rounding.</summary>
public sealed class UnixSecondsArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = TypedText.SpanOrValue(inputData);
        return given switch
        {
            double[] ready when ready.Length == 0 || UnixTime.IsInCalendar(ready[^1]) => ready,
            IList many => many.Cast<object?>().Select(Read).ToArray(),
            _ => new[] { Read(given) },
        };
    }

    private static double Read(object? value)
        => TimeText.TryReadArgument(value, out double seconds, out string? reason)
            ? seconds
            : throw new ArgumentTransformationMetadataException(reason);
}
