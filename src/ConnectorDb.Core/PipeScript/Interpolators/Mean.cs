using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("mean", "The mean of the datapoints since the row before.",
    Documentation = """
        The mean of what lies after the row before, up to and with the row's own time. **0 when there is nothing**: so it was
        in the original, and queries rely on it. The script `(mean)` gives null instead. The values must be numbers, or texts
        and booleans that can be read as numbers; null counts as 0.
        """,
    Examples = ["temperature:mean — the mean temperature from row to row", "temperature:(mean) — the same, null where there was no reading"])]
internal sealed class Mean : Interpolator
{
    private double _sum;
    private long _count;

    public override void Add(Block points, int start, int count)
    {
        _sum = ColumnNumbers.AddTo(_sum, ColumnNumbers.Read(points, start, count, "mean"));
        _count += count;
    }

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        values.Add(_count == 0 ? 0 : _sum / _count);
        _sum = 0;
        _count = 0;
    }
}
