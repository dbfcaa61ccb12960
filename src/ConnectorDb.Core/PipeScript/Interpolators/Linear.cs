using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("linear", "The value on the straight line between the datapoints around the row's time.",
    Documentation = """
        A datapoint at the time of the row gives its own value. Null before the first and after the last datapoint, and
        between two of which one is null. The values must be numbers, or texts and booleans that can be read as numbers.
        """,
    Examples = ["temperature:linear — the temperature, assuming an even change between readings"])]
internal sealed class Linear : Interpolator
{
    private DatapointReference _last;

    public override bool UsesInterval => false;

    public override bool UsesNeighbours => true;

    public override void Add(Block points, int start, int count) => _last = new DatapointReference(points, start + count - 1);

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        if (!_last.IsNone && (_last.Time == time || _last.Value.IsNull))
        {
            _last.AddTo(values);
        }
        else if (_last.IsNone || next.IsNone || next.Value.IsNull)
        {
            values.Add(DataValue.Null);
        }
        else
        {
            double from = ColumnNumbers.ReadOne(_last, "linear");
            double to = ColumnNumbers.ReadOne(next, "linear");
            double part = (time - _last.Time) / (next.Time - _last.Time);
            values.Add(from + ((to - from) * part));
        }
    }
}
