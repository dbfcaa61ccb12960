using System.Globalization;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The name of the month.</summary>
internal sealed class YearMonthTransform() : DateTransform(
    "yearmonth",
    "The English name of the month.",
    "",
    "map(yearmonth, mean) — a mean for each month of the year",
    """{"type":"string"}""")
{
    protected override Func<long, DataValue> In(Zone zone)
        => instant => DataValue.From(DateTimeFormatInfo.InvariantInfo.GetMonthName(zone.Local(instant).Month));
}
