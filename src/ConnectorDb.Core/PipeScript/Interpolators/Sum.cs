using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("sum", "The sum of the datapoints since the row before.",
    Documentation = """
        Adds what lies after the row before, up to and with the row's own time; 0 when there is nothing. The values must be
        numbers, or texts and booleans that can be read as numbers; null adds 0.
        """,
    Examples = ["rain:sum — how much rain fell from row to row"])]
internal sealed class Sum : Interpolator
{
    private double _sum;

    public override void Add(Block points, int start, int count) => _sum = ColumnNumbers.AddTo(_sum, ColumnNumbers.Read(points, start, count, "sum"));

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        values.Add(_sum);
        _sum = 0;
    }
}
