using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The number of the week.</summary>
internal sealed class WeekTransform() : DateTransform(
    "week",
    "How many weeks have passed since midnight of Monday, 5 January 1970 in the zone.",
    "Elapsed time, not the calendar: with daylight saving a week may change at one o'clock. Before that midnight the numbers are negative.",
    "map(week, sum) — a sum for each week",
    """{"type":"integer"}""")
{
    private const long Nanoseconds = 604800L * 1_000_000_000;

    protected override Func<long, DataValue> In(Zone zone)
    {
        long start = zone.Midnight(dayOfJanuary1970: 5);
        return instant => DataValue.From((instant - start) / Nanoseconds);
    }
}
