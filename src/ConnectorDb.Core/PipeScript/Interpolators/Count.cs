using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("count", "The number of datapoints since the row before.",
    Documentation = """
        Counts what lies after the row before, up to and with the row's own time; 0 when there is nothing. Datapoints whose
        value is null count too.
        """,
    Examples = ["steps:count — how many readings each row stands for"])]
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
