using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("last", "The value of the last datapoint since the previous row.",
    Documentation = """
        Covers the datapoints after the previous row, up to and including the time of the row; null without datapoints, where `before`
        repeats an older value. (The script `(last)` is different: it is true wherever there is a datapoint.)
        """,
    Examples = ["counter:last — the reading at the end of each row"])]
internal sealed class Last : Interpolator
{
    private DatapointReference _last;

    public override bool UsesNeighbours => true;

    public override void Add(Block points, int start, int count) => _last = new DatapointReference(points, start + count - 1);

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        _last.AddTo(values);
        _last = default;
    }
}
