using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("first", "The value of the first datapoint since the row before.",
    Documentation = """
        Of what lies after the row before, up to and with the row's own time; null when there is nothing. (The script
        `(first)` is something else: it tells whether there was only one.)
        """,
    Examples = ["counter:first — the reading at the beginning of each row"])]
internal sealed class First : Interpolator
{
    private PointPlace _first;

    public override bool IsOfNeighbours => true;

    public override void Take(Block points, int start, int count)
    {
        if (_first.IsNone)
        {
            _first = new PointPlace(points, start);
        }
    }

    public override void Give(double time, PointPlace next, ColumnBuilder values)
    {
        _first.AddTo(values);
        _first = default;
    }
}
