using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

[Interpolator("sum", "The sum of the datapoints since the previous row.",
    Documentation = """
        Adds the datapoints after the previous row, up to and including the time of the row; 0 without datapoints. The values must be
        numbers, or texts and booleans that can be read as numbers; null adds 0.
        """,
    Examples = ["rain:sum — how much rain fell per row"])]
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
