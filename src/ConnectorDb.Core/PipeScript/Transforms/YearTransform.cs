using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The year.</summary>
internal sealed class YearTransform() : DateTransform(
    "year",
    "The year, such as 2024.",
    "",
    "map(year, mean) — a mean for each year",
    """{"type":"integer"}""")
{
    protected override Func<long, DataValue> In(Zone zone) => instant => DataValue.From((long)zone.Local(instant).Year);
}
