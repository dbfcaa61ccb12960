using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The number of the hour.</summary>
internal sealed class HourTransform() : DateTransform(
    "hour",
    "How many hours have passed since midnight of 1 January 1970 in the zone.",
    "Elapsed time, not the clock: `dayhour` is the hour of the day. In a key such as `weekday + \"-\" + hour`, each hour ever is a key of its own; the hours of the week are `weekday + \"-\" + dayhour`. Before that midnight the numbers are negative.",
    "map(hour, sum) — a sum for each hour",
    """{"type":"integer"}""")
{
    private const long Nanoseconds = 3600L * 1_000_000_000;

    protected override Func<long, DataValue> In(Zone zone)
    {
        long start = zone.Midnight(dayOfJanuary1970: 1);
        return instant => DataValue.From((instant - start) / Nanoseconds);
    }
}
