namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The line of a series through its means, interrupted at gaps, and the bars of its columns from minimum to maximum.</summary>
internal sealed record SeriesShape(IReadOnlyList<(double Left, double Top, double Right, double Bottom)> Band, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines)
{
    public static SeriesShape Of(ChartSeries series, Plot plot, TimeAxis times, ValueAxis values)
    {
        List<(double Left, double Top, double Right, double Bottom)> band = [];
        List<List<(double X, double Y)>> lines = [];
        ChartPoint? before = null;
        foreach ((int i, ChartPoint point) in series.Points.Index())
        {
            if (before is not { } last || series.IsGap(last, point))
            {
                lines.Add([]);
            }

            lines[^1].Add((plot.X(times.PlaceOf(point.Middle)), plot.Y(values.PlaceOf(point.Mean))));
            if (point.Minimum < point.Maximum)
            {
                // At least a pixel wide, so that a peak is seen.
                double left = plot.X(times.PlaceOf(point.FirstT));
                double right = plot.X(times.PlaceOf(series.EndOf(i)));
                band.Add((left, plot.Y(values.PlaceOf(point.Maximum)), Math.Max(right, left + 1), plot.Y(values.PlaceOf(point.Minimum))));
            }

            before = point;
        }

        return new(band, lines);
    }
}
