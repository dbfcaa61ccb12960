using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments in every form of <see cref="TimeText"/> to a time.</summary>
public sealed class TimeArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = TypedText.SpanOrValue(inputData);
        return given switch
        {
            DateTimeOffset time => time,
            DateTime time => new DateTimeOffset(time),
            _ when TimeText.TryRead(given, out double seconds) => UnixTime.ToDateTimeOffset(seconds),
            _ => throw new ArgumentTransformationMetadataException($"'{given}' is not a time. {TimeText.Forms}"),
        };
    }
}
