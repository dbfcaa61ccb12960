using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>Which of two numbers is the more extreme one.</summary>
internal interface IOrder
{
    /// <summary>False when either is NaN.</summary>
    static abstract bool IsBetter(double value, double best);
}

/// <summary>The value of the first datapoint of the interval that no other one beats; null for an empty interval.</summary>
internal abstract class Extreme<TOrder>(string name) : Interpolator
    where TOrder : IOrder
{
    private DatapointReference _place;
    private double _best = double.NaN;

    public override void Add(Block points, int start, int count)
    {
        ReadOnlySpan<double> values = ColumnNumbers.Read(points, start, count, name);
        double best = _best;
        int at = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (TOrder.IsBetter(values[i], best) || (double.IsNaN(best) && !double.IsNaN(values[i])))
            {
                best = values[i];
                at = i;
            }
        }

        if (at >= 0)
        {
            _best = best;
            _place = new DatapointReference(points, start + at);
        }
    }

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        _place.AddTo(values);
        _place = default;
        _best = double.NaN;
    }
}
