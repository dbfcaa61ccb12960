using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>The times of -Timestamp for several values: one for all, or one for each. Unix seconds; NaN without the argument.</summary>
internal sealed class TimesArgument
{
    private readonly double[]? _times;

    /// <param name="parameter">The name of the parameter, for the error.</param>
    /// <exception cref="ArgumentTextException">It is not a time, nor a list of times.</exception>
    public TimesArgument(string parameter, object? given, TimestampParser parser)
    {
        if (!UnixSecondsArgumentAttribute.TryRead(given, parser, out _times, out string? reason))
        {
            throw new ArgumentTextException(parameter, reason!, given);
        }
    }

    public bool IsGiven => _times is not null;

    /// <summary>The times of so many values.</summary>
    /// <inheritdoc cref="At"/>
    public double[] Of(int count) => _times?.Length == count ? _times : count == 0 ? [] : [.. Enumerable.Repeat(At(0, count), count)];

    /// <summary>The time of one of the values.</summary>
    /// <exception cref="InvalidValueException">There are several times, but not one for each value.</exception>
    public double At(int index, int count) => _times?.Length switch
    {
        null => double.NaN,
        1 => _times[0],
        var times when times == count => _times[index],
        var times => throw new InvalidValueException($"There are {CountText.Of(times.Value, "time")} for {CountText.Of(count, "value")}; give one time for all, or one for each.", _times),
    };
}
