namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The rows of the states of all series, below the field of numbers.</summary>
internal sealed class StateRows
{
    private const double MinHeight = 15;
    private const double MaxHeight = 22;
    private const double Space = 8;
    private readonly (int Series, int State)[] _rows;
    private readonly double _rowHeight;

    /// <param name="chart">The chart.</param>
    /// <param name="height">Pixels for the rows and the field.</param>
    /// <param name="hasField">True if the chart has a field of numbers, too.</param>
    public StateRows(Chart chart, double height, bool hasField)
    {
        var all = chart.Series.Index().Where(series => Chart.HasRows(series.Item)).SelectMany(series => series.Item.States.Index().Select(state => (series.Index, state.Index))).ToArray();
        double room = hasField ? height / 2 : height;
        _rows = [.. all.Take((int)(room / MinHeight))];
        _rowHeight = _rows.Length == 0 ? 0 : Math.Min(hasField ? MaxHeight : 2 * MaxHeight, room / _rows.Length);
        Height = (_rows.Length * _rowHeight) + (hasField && _rows.Length > 0 ? Space : 0);
    }

    /// <summary>Pixels of all rows and the space above them.</summary>
    public double Height { get; }

    /// <summary>The width of the longest label, at most so many pixels.</summary>
    public double LabelWidth(IChartCanvas canvas, Chart chart, double width)
        => _rows.Select(row => Math.Min(width, canvas.WidthOf(chart.Series[row.Series].States[row.State], TextStyle.Muted))).DefaultIfEmpty().Max();

    /// <summary>Draws the rows so that they end at the lower edge of the plot.</summary>
    public void Draw(IChartCanvas canvas, Chart chart, Plot plot, TimeAxis times, double labelWidth)
    {
        double top = plot.Bottom - (_rows.Length * _rowHeight);
        for (int i = 0; i < _rows.Length; i++)
        {
            (int number, int state) = _rows[i];
            double y = top + (i * _rowHeight);
            string label = ChartDrawing.Cut(canvas, chart.Series[number].States[state], labelWidth);
            canvas.Text(plot.Left - Space, y + (_rowHeight / 2) + 4, label, TextStyle.Muted, TextAnchor.End);
            canvas.Bars(number, [.. chart.Series[number].Bars.Where(bar => bar.State == state && bar.ToT >= times.From && bar.FromT <= times.To).Select(bar => Place(bar, y))]);
        }

        (double Left, double Top, double Right, double Bottom) Place(StateBar bar, double y)
        {
            double left = plot.X(Math.Clamp(times.PlaceOf(bar.FromT), 0, 1));
            double right = plot.X(Math.Clamp(times.PlaceOf(bar.ToT), 0, 1));
            return (left, y + (_rowHeight * 0.2), Math.Max(right, left + 1), y + (_rowHeight * 0.8));
        }
    }
}
