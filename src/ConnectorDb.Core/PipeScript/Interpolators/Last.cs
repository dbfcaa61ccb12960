using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("last", "The value of the last datapoint since the row before.",
    Documentation = """
        Of what lies after the row before, up to and with the row's own time; null when there is nothing, where `before` would
        repeat an older value. (The script `(last)` is something else: it is true wherever there is a datapoint.)
        """,
    Examples = ["counter:last — the reading at the end of each row"])]
internal sealed class Last : Interpolator
{
    private PointPlace _last;

    public override bool IsOfNeighbours => true;

    public override void Take(Block points, int start, int count) => _last = new PointPlace(points, start + count - 1);

    public override void Give(double time, PointPlace next, ColumnBuilder values)
    {
        _last.AddTo(values);
        _last = default;
    }
}
