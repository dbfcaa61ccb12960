using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("mean", "The mean of the datapoints since the previous row.",
    Documentation = """
        The mean of the datapoints after the previous row, up to and including the time of the row. **0 without datapoints**, as
        in ConnectorDB 0.3, because queries rely on it. The script `(mean)` gives null instead. The values must be numbers, or texts
        and booleans that can be read as numbers; null counts as 0.
        """,
    Examples = ["temperature:mean — the mean temperature per row", "temperature:(mean) — the same, null where there was no reading"])]
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
