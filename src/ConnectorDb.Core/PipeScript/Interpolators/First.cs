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
