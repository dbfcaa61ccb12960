using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("first", "The value of the first datapoint since the previous row.",
    Documentation = """
        Covers the datapoints after the previous row, up to and including the time of the row; null without datapoints. (The script
        `(first)` is different: it is true when there was only one.)
        """,
    Examples = ["counter:first — the reading at the beginning of each row"])]
internal sealed class First : Interpolator
{
    private DatapointReference _first;

    public override bool UsesNeighbours => true;

    public override void Add(Block points, int start, int count)
    {
        if (_first.IsNone)
        {
            _first = new DatapointReference(points, start);
        }
    }

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        _first.AddTo(values);
        _first = default;
    }
}
