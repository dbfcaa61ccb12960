using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The day of the year.</summary>
internal sealed class YearDayTransform() : DateTransform(
    "yearday",
    "The day of the year, 1 to 366.",
    "",
    "map(yearday, mean) — how a year goes, on average",
    """{"type":"integer"}""")
{
    protected override Func<long, DataValue> In(Zone zone) => instant => DataValue.From((long)zone.Local(instant).DayOfYear);
}
