using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The number of the month.</summary>
internal sealed class MonthTransform() : DateTransform(
    "month",
    "The number of the month, where January 1970 is 1.",
    "",
    "map(month, sum) — a sum for each month",
    """{"type":"integer"}""")
{
    protected override Func<long, DataValue> In(Zone zone) => instant =>
    {
        DateTime local = zone.Local(instant);
        return DataValue.From((12L * (local.Year - 1970)) + local.Month);
    };
}
