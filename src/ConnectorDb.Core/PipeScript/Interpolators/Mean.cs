using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("mean", "The mean of the datapoints since the previous row.",
    Documentation = """
        The mean of the datapoints after the previous row, up to and including the time of the row; null without datapoints. (A
        client of ConnectorDB 0.3 that asks over REST gets 0, as from its own server.) The values must be numbers, or texts and
        booleans that can be read as numbers; null counts as 0.
        """,
    Examples = ["temperature:mean — the mean temperature per row"])]
internal sealed class Mean(bool isZeroWhenEmpty) : Interpolator
{
    private readonly DataValue _empty = isZeroWhenEmpty ? DataValue.From(0.0) : DataValue.Null;
    private double _sum;
    private long _count;

    public Mean()
        : this(isZeroWhenEmpty: false)
    {
    }

    public override void Add(Block points, int start, int count)
    {
        _sum = ColumnNumbers.AddTo(_sum, ColumnNumbers.Read(points, start, count, "mean"));
        _count += count;
    }

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        if (_count == 0)
        {
            values.Add(_empty);
        }
        else
        {
            values.Add(_sum / _count);
        }

        _sum = 0;
        _count = 0;
    }
}
