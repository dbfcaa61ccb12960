using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments in every form of <see cref="TimeText"/> to a time.</summary>
public sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = TypedText.SpanOrValue(inputData);
        string? reason = null;
        return given switch
        {
            DateTimeOffset time => time,
            _ when TimeText.TryReadArgument(given, out double seconds, out reason) => UnixTime.ToDateTimeOffset(seconds),
            _ => throw new ArgumentTransformationMetadataException(reason),
        };
    }
}
