using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("after", "The value of the first datapoint after the row's time.",
    Documentation = """
        Strictly after: a datapoint at the time of the row does not count. Null when none follows.
        """,
    Examples = ["door:after — the next event of the door"])]
internal sealed class After : Interpolator
{
    public override bool UsesInterval => false;

    public override bool UsesNeighbours => true;

    public override void Add(Block points, int start, int count)
    {
    }

    public override void Emit(double time, DatapointReference next, ColumnBuilder values) => next.AddTo(values);
}
