using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Keeps a time as it was given, because other parameters have the time zone and the form in which it is read.</summary>
public sealed class ZonedTimeArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => TypedText.SpanOrValue(inputData) is string text ? text : inputData;

    /// <summary>The time; null when none was given.</summary>
    /// <exception cref="InvalidValueException">The argument is not a time.</exception>
    internal static DateTimeOffset? Read(object? given, TimeZoneInfo? zone)
        => given is null ? null
            : TimeText.TryReadArgument(given, TimeText.ParserIn(zone), out double seconds, out string? reason) ? UnixTime.ToDateTimeOffset(seconds)
            : throw new InvalidValueException(reason!, given);
}
