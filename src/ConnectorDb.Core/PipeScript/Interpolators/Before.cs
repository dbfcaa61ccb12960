using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("before", "The value of the last datapoint at or before the row's time.",
    Documentation = """
        The value that was known at the time of the row. Of several datapoints at one time the last one counts. Null before the
        first datapoint; afterwards the last value is kept, however old it is.
        """,
    Examples = ["thermostat:before — the setting at that time"])]
internal sealed class Before : Interpolator
{
    private DatapointReference _last;

    public override bool UsesInterval => false;

    public override bool UsesNeighbours => true;

    public override void Add(Block points, int start, int count) => _last = new DatapointReference(points, start + count - 1);

    public override void Emit(double time, DatapointReference next, ColumnBuilder values) => _last.AddTo(values);
}
