using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("after", "The value of the first datapoint after the row's time.",
    Documentation = """
        Strictly after: a datapoint at the very time of the row does not count. Null when none follows.
        """,
    Examples = ["door:after — what happened to the door next"])]
internal sealed class After : Interpolator
{
    public override bool IsOfInterval => false;

    public override bool IsOfNeighbours => true;

    public override void Take(Block points, int start, int count)
    {
    }

    public override void Give(double time, PointPlace next, ColumnBuilder values) => next.AddTo(values);
}
