using System.Globalization;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The day of the week.</summary>
internal sealed class WeekdayTransform() : DateTransform(
    "weekday",
    "The English name of the day of the week.",
    "",
    "map(weekday, count) — how many datapoints each day of the week has",
    """{"type":"string"}""")
{
    protected override Func<long, DataValue> In(Zone zone)
        => instant => DataValue.From(DateTimeFormatInfo.InvariantInfo.GetDayName(zone.Local(instant).DayOfWeek));
}
