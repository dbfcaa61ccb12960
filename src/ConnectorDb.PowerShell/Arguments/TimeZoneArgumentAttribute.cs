using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to a time zone: an IANA or Windows name, <c>UTC</c>, an offset such as <c>UTC+01:00</c>, <c>Local</c>, or a TimeZoneInfo.</summary>
public sealed class TimeZoneArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>The name of the zone of this computer.</summary>
    internal const string Local = "Local";

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = PowerShellObject.Unwrap(inputData);
        return given switch
        {
            TimeZoneInfo zone => zone,
            string name when name.Trim().Equals(Local, StringComparison.OrdinalIgnoreCase) => TimeZoneInfo.Local,
            string name when TimeZones.Find(name.Trim()) is { } zone => zone,
            _ => throw new ArgumentTransformationMetadataException(
                $"'{given}' is not a time zone. Give a name such as 'Europe/Berlin' or 'W. Europe Standard Time', 'UTC', 'UTC+01:00' for a clock without summer time, or 'Local' for the zone of this computer."),
        };
    }
}
