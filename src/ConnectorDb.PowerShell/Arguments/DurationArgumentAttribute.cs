using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter take a span of time as <see cref="Duration"/> reads it, a TimeSpan, or a number of seconds.</summary>
public sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>What the timers of the system reach.</summary>
    private const int LongestWaitInDays = 24;

    /// <summary>So long something is waited for.</summary>
    public bool IsWait { get; init; }

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = TypedText.SpanOrValue(inputData);
        TimeSpan span = given is TimeSpan ready ? ready
            : Duration.TryParse(LanguagePrimitives.ConvertTo<string>(given), out double seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
                ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
                : throw new ArgumentTransformationMetadataException($"'{given}' is not a span of time. Give one such as '15m', '1h', '00:15:00', or a number of seconds.");
        return !IsWait || (span >= TimeSpan.Zero && span.TotalDays <= LongestWaitInDays)
            ? span
            : throw new ArgumentTransformationMetadataException($"Nothing can be waited for '{given}'. Give a time from 0 seconds to {LongestWaitInDays} days.");
    }
}
