namespace ConnectorDb.Core.Charts;

/// <summary>Collects the datapoints or columns of a series, in any order of time.</summary>
/// <param name="name">The text of the legend.</param>
public sealed class ChartSeriesBuilder(string name)
{
    private readonly List<ChartPoint> _points = [];
    private readonly StateCounter _counter = new();
    private readonly StateBars _bars = new();
    private long _count;
    private long _shown;
    private bool _hasNumbers;

    public void Add(double t, DataValue value)
    {
        _count++;
        double number = value.IsNumber ? value.AsDouble() : value.Kind == DataKind.Boolean ? (value.AsBoolean() ? 1 : 0) : double.NaN;
        if (double.IsFinite(number))
        {
            _points.Add(ChartPoint.At(t, number));
            _shown++;
        }

        _hasNumbers |= value.IsNumber;
        _counter.Add(value);
        AddStates(t, t);
    }

    public void Add(StreamSummary column)
    {
        ArgumentNullException.ThrowIfNull(column);
        _count += column.Count;
        if (column is { Numbers: > 0, Minimum: { } minimum, Maximum: { } maximum } && double.IsFinite(minimum) && double.IsFinite(maximum))
        {
            _points.Add(ChartPoint.Of(column));
            _shown += column.Numbers;
        }

        long booleans = 0;
        foreach (StateCount state in column.States ?? [])
        {
            _counter.Add(state.State, state.Count);
            booleans += state.State is "true" or "false" ? state.Count : 0;
        }

        _hasNumbers |= column.Numbers > booleans;
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
            return new ChartSeries(name, [.. _points.OrderBy(point => point.FirstT)], _count - _shown);
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
