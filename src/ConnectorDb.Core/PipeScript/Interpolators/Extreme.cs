using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>The first of the most extreme values of the interval; null for an empty interval.</summary>
internal abstract class Extreme<TComparison>(string name) : Interpolator
    where TComparison : struct, IComparison
{
    private DatapointReference _found;
    private double _best = double.NaN;

    public override void Add(Block points, int start, int count)
    {
        ReadOnlySpan<double> values = ColumnNumbers.Read(points, start, count, name);
        double best = _best;
        int at = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (TComparison.Of(values[i], best) || (double.IsNaN(best) && !double.IsNaN(values[i])))
            {
                best = values[i];
                at = i;
            }
        }

        if (at >= 0)
        {
            _best = best;
            _found = new DatapointReference(points, start + at);
        }
    }

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        _found.AddTo(values);
        _found = default;
        _best = double.NaN;
    }
}
