using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("closest", "The value of the datapoint nearest in time, the earlier one on a tie.",
    Documentation = """
        Before the first datapoint it is the first, after the last it is the last, however far away. Null only for a stream
        without datapoints.
        """,
    Examples = ["temperature:closest — the reading nearest to each row"])]
internal sealed class Closest : Interpolator
{
    private DatapointReference _last;

    public override bool UsesInterval => false;

    public override bool UsesNeighbours => true;

    public override void Add(Block points, int start, int count) => _last = new DatapointReference(points, start + count - 1);

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        bool isNext = !next.IsNone && (_last.IsNone || next.Time - time < time - _last.Time);
        (isNext ? next : _last).AddTo(values);
    }
}
