using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Lets a parameter take a span of time as <see cref="Duration"/> reads it, a TimeSpan, or a number of seconds.</summary>
public sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = TypedText.SpanOrValue(inputData);
        if (given is TimeSpan span)
        {
            return span;
        }

        return Duration.TryParse(LanguagePrimitives.ConvertTo<string>(given), out double seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
            : throw new ArgumentTransformationMetadataException($"'{given}' is not a span of time. Give one such as '15m', '1h', '00:15:00', or a number of seconds.");
    }
}
