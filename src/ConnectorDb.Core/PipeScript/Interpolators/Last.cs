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
    private DatapointReference _last;

    public override bool UsesNeighbours => true;

    public override void Add(Block points, int start, int count) => _last = new DatapointReference(points, start + count - 1);

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        _last.AddTo(values);
        _last = default;
    }
}
