using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The day of the month.</summary>
internal sealed class MonthDayTransform() : DateTransform(
    "monthday",
    "The day of the month, 1 to 31.",
    "",
    "if monthday == 1 — the first day of every month",
    """{"type":"integer"}""")
{
    protected override Func<long, DataValue> In(Zone zone) => instant => DataValue.From((long)zone.Local(instant).Day);
}
