using System.Globalization;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Converts arguments to a step between rows: a time span as in <see cref="DurationArgumentAttribute"/>, or text in the format of <see cref="CalendarStep"/>.</summary>
public sealed class StepArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly DurationArgumentAttribute s_duration = new();

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is Step step)
        {
            return step;
        }

        // The typed text: PowerShell parses 1d and 1y, without quotes, as numbers.
        CalendarStep? calendar = CalendarStep.Parse(LanguagePrimitives.ConvertTo<string>(inputData));
        if (calendar is { Unit: not (CalendarUnit.Day or CalendarUnit.Week) })
        {
            return new Step(null, calendar);
        }

        try
        {
            return new Step((TimeSpan)s_duration.Transform(engineIntrinsics, inputData)!, calendar);
        }
        catch (ArgumentTransformationMetadataException)
        {
            throw new ArgumentTransformationMetadataException(string.Create(CultureInfo.InvariantCulture, $"'{inputData}' is not a step. Give a time span such as '15m' or '1h', or calendar units: '1d', '1w', '1mo', '1q', '1y'."));
        }
    }
}
