namespace ConnectorDb.Core.Charts;

/// <summary>Collects the datapoints or columns of a series, in any order of time.</summary>
/// <param name="name">The text of the legend.</param>
public sealed class ChartSeriesBuilder(string name)
{
    private readonly List<ChartPoint> _points = [];
    private readonly List<ChartPoint> _booleans = [];
    private readonly StateCounter _counter = new();
    private readonly StateBars _bars = new();
    private long _count;
    private bool _hasNumbers;

    public void Add(double t, DataValue value)
    {
        _count++;
        if (value.IsNumber && value.AsDouble() is var number && double.IsFinite(number))
        {
            _points.Add(ChartPoint.At(t, number));
        }
        else if (value.Kind == DataKind.Boolean)
        {
            _booleans.Add(ChartPoint.At(t, value.AsBoolean() ? 1 : 0));
        }

        _hasNumbers |= value.IsNumber;
        _counter.Add(value);
        AddStates(t, t);
    }

    public void Add(StreamSummary column)
    {
        ArgumentNullException.ThrowIfNull(column);
        _count += column.Count;
        foreach (StateCount state in column.States ?? [])
        {
            _counter.Add(state.State, state.Count);
        }

        if (column is { Numbers: > 0, Minimum: { } minimum, Maximum: { } maximum } && double.IsFinite(minimum) && double.IsFinite(maximum))
        {
            (column.Booleans == column.Numbers ? _booleans : _points).Add(ChartPoint.Of(column));
        }

        _hasNumbers |= column.Numbers > column.Booleans;
        if (column.Count > 0)
        {
            AddStates(column.FirstT!.Value, column.LastT!.Value);
        }
    }

    /// <summary>The series: of numbers if there are any, else of states unless they are too many.</summary>
    public ChartSeries Build()
    {
        if (_hasNumbers || _bars.IsEmpty || !_counter.HasStates)
        {
            // Among numbers, booleans are no values of the line.
            ChartPoint[] points = [.. (_hasNumbers ? _points : _points.Concat(_booleans)).OrderBy(point => point.FirstT)];
            return new ChartSeries(name, points, _count - points.Sum(point => point.Count));
        }

        (IReadOnlyList<string> states, IReadOnlyList<StateBar> bars) = _bars.Build();
        return new ChartSeries(name, [], 0) { States = states, Bars = bars, LastState = _bars.Last, Count = _count };
    }

    private void AddStates(double firstT, double lastT)
    {
        StateCount[] states = _counter.Take();
        if (states.Length > 0)
        {
            _bars.Add(firstT, lastT, states);
        }
    }
}
