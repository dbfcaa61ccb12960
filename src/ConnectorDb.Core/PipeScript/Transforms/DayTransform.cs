using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The number of the day.</summary>
internal sealed class DayTransform() : DateTransform(
    "day",
    "How many days have passed since midnight of 1 January 1970 in the zone.",
    "Elapsed time, not the calendar: with daylight saving a day may change at one o'clock. Before that midnight the numbers are negative.",
    "map(day, sum) — a sum for each day",
    """{"type":"integer"}""")
{
    private const long Nanoseconds = 86400L * 1_000_000_000;

    protected override Func<long, DataValue> In(Zone zone)
    {
        long start = zone.Midnight(dayOfJanuary1970: 1);
        return instant => DataValue.From((instant - start) / Nanoseconds);
    }
}
