namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The line of a series through its means, interrupted at gaps, and the strokes from minimum to maximum.</summary>
internal sealed record SeriesShape(IReadOnlyList<(double X, double Top, double Bottom)> Band, double StrokeWidth, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines)
{
    private const double MaxStrokeWidth = 12;

    public static SeriesShape Of(ChartSeries series, Plot plot, TimeAxis times, ValueAxis values)
    {
        List<(double X, double Top, double Bottom)> band = [];
        List<List<(double X, double Y)>> lines = [];
        ChartPoint? before = null;
        foreach (ChartPoint point in series.Points)
        {
            double x = plot.X(times.PlaceOf(point.Middle));
            if (before is not { } last || series.IsGap(last, point))
            {
                lines.Add([]);
            }

            lines[^1].Add((x, plot.Y(values.PlaceOf(point.Mean))));
            if (point.Minimum < point.Maximum)
            {
                band.Add((x, plot.Y(values.PlaceOf(point.Maximum)), plot.Y(values.PlaceOf(point.Minimum))));
            }

            before = point;
        }

        double[] steps = [.. band.Zip(band.Skip(1), (one, next) => next.X - one.X).Order()];
        return new(band, steps.Length == 0 ? 2 : Math.Clamp(steps[steps.Length / 2], 1, MaxStrokeWidth), lines);
    }
}
