using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to a time span: text in the format of <see cref="Duration"/>, a TimeSpan, or a number of seconds.</summary>
public sealed class DurationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Maximum wait of the timers of .NET, in whole days.</summary>
    private const int MaximumTimeoutDays = 24;

    /// <summary>True when the time span is a timeout.</summary>
    public bool IsTimeout { get; init; }

    /// <summary>True when empty text, such as an empty cell of a table, is <see cref="Empty"/>.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>No time span.</summary>
    public static TimeSpan Empty => TimeSpan.MinValue;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? given = TypedText.SpanOrValue(inputData);
        if (AllowEmpty && given is null or "")
        {
            return Empty;
        }

        // ConvertTo-Json writes a TimeSpan as an object.
        TimeSpan span = given is TimeSpan ready ? ready
            : given is PSCustomObject && PSObject.AsPSObject(inputData).Properties["Ticks"]?.Value is { } ticks ? TimeSpan.FromTicks(LanguagePrimitives.ConvertTo<long>(ticks))
            : Duration.TryParse(LanguagePrimitives.ConvertTo<string>(given), out double seconds) && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds
                ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
                : throw new ArgumentTransformationMetadataException(string.Create(CultureInfo.InvariantCulture, $"'{given}' is not a time span. Give one such as '15m', '1h' or '00:15:00', or a number of seconds."));
        return !IsTimeout || (span >= TimeSpan.Zero && span.TotalDays <= MaximumTimeoutDays)
            ? span
            : throw new ArgumentTransformationMetadataException(string.Create(CultureInfo.InvariantCulture, $"'{given}' is not a valid timeout. Give a time span from 0 seconds to {MaximumTimeoutDays} days."));
    }
}
