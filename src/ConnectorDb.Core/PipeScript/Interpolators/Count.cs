using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("count", "The number of datapoints since the previous row.",
    Documentation = """
        Counts the datapoints after the previous row, up to and including the time of the row. Datapoints with the value null
        count too.
        """,
    Examples = ["steps:count — the number of readings of each row"])]
internal sealed class Count : Interpolator
{
    private long _count;

    public override void Add(Block points, int start, int count) => _count += count;

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        values.Add(_count);
        _count = 0;
    }
}
