using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The hour on the clock.</summary>
internal sealed class DayHourTransform() : DateTransform(
    "dayhour",
    "The hour of the day, 0 to 23.",
    "",
    "map(dayhour, mean) — how a day goes, on average",
    """{"type":"integer"}""")
{
    protected override Func<long, DataValue> In(Zone zone) => instant => DataValue.From((long)zone.Local(instant).Hour);
}
