using System.Management.Automation;
using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Keeps a time as it was given, because other parameters have the time zone and the form in which it is read.</summary>
public sealed class ZonedTimeArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => TypedText.SpanOrValue(inputData) switch
    {
        null => throw new ArgumentTransformationMetadataException("The time is empty. Check that its variable exists and has a value, or omit the parameter."),
        string text => text,
        _ => inputData,
    };

    /// <summary>The time; null when none was given.</summary>
    /// <exception cref="InvalidValueException">The argument is not a time.</exception>
    internal static DateTimeOffset? Read(object? given, TimeZoneInfo? zone)
        => given is null ? null
            : TimeText.TryReadArgument(given, TimeText.ParserIn(zone), out double seconds, out string? reason) ? UnixTime.ToDateTimeOffset(seconds)
            : throw new InvalidValueException(reason!, given);
}
