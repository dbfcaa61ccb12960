using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter take a time in every form of <see cref="TimeText"/>.</summary>
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
