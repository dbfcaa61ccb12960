namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>Draws a chart on a canvas: title, legend, axes, bands and lines, and rows of states.</summary>
public static class ChartDrawing
{
    private const double PixelsPerValueTick = 44;
    private const double PixelsPerTimeTick = 115;
    private const double LineHeight = 18;
    private const double Space = 8;

    /// <param name="canvas">Where to draw.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static void Draw(IChartCanvas canvas, Chart chart, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(chart);
        double top = Legend.Draw(canvas, chart, width, height / 3.0) + (1.5 * Space);
        double bottom = height - (2 * LineHeight) - Space;
        canvas.Text(width - (2 * Space), height - Space, Cut(canvas, chart.Range, width - (4 * Space)), TextStyle.Muted, TextAnchor.End);

        bool hasField = chart.Series.Any(series => series.Points.Count > 0);
        StateRows rows = new(chart, bottom - top, hasField);
        int valueTicks = (int)((bottom - top - rows.Height) / PixelsPerValueTick);
        (ValueAxis? left, ValueAxis? right) = (chart.ValuesOf(isRight: false, valueTicks), chart.ValuesOf(isRight: true, valueTicks));
        double rowLabel = rows.LabelWidth(canvas, chart, width / 4.0);
        Plot whole = new((3 * Space) + Math.Max(LabelWidth(canvas, left), rowLabel), top, width - (3 * Space) - LabelWidth(canvas, right), bottom);
        TimeAxis? times = chart.TimesOf((int)(whole.Width / PixelsPerTimeTick));
        if (times is null)
        {
            canvas.Text(width / 2.0, (top + bottom) / 2, Chart.Nothing, TextStyle.Muted, TextAnchor.Middle);
            return;
        }

        Plot field = whole with { Bottom = bottom - rows.Height };
        DrawTimes(canvas, whole, times, width);
        DrawValues(canvas, field, left, field.Left - Space, TextAnchor.End, hasGrid: true);
        DrawValues(canvas, field, right, field.Right + Space, TextAnchor.Start, hasGrid: left is null);
        rows.Draw(canvas, chart, whole, times, rowLabel);
        canvas.Rule(whole.Left, whole.Bottom, whole.Right, whole.Bottom, isAxis: true);
        canvas.BeginClip(field.Left - 1, field.Top - 1, field.Right + 1, field.Bottom + 1);
        for (int i = 0; i < chart.Series.Count; i++)
        {
            ChartSeries series = chart.Series[i];
            if ((chart.Right.Contains(series) ? right : left) is { } values)
            {
                SeriesShape shape = SeriesShape.Of(series, field, times, values);
                canvas.Band(i, shape.Band);
                canvas.Lines(i, shape.Lines);
            }
        }

        canvas.EndClip();
    }

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    internal static string Cut(IChartCanvas canvas, string text, double width)
    {
        if (canvas.WidthOf(text, TextStyle.Plain) <= width)
        {
            return text;
        }

        int length = text.Length - 1;
        while (length > 0 && canvas.WidthOf(text[..length] + "…", TextStyle.Plain) > width)
        {
            length--;
        }

        // Not half of a character beyond 16 bits.
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }

    private static double LabelWidth(IChartCanvas canvas, ValueAxis? values)
        => values?.Ticks.Max(tick => canvas.WidthOf(tick.Label, TextStyle.Muted)) ?? 0;

    private static void DrawTimes(IChartCanvas canvas, Plot plot, TimeAxis times, double width)
    {
        double free = 0;
        foreach (ChartTick tick in times.Ticks)
        {
            double x = plot.X(times.PlaceOf(tick.Value));
            double half = canvas.WidthOf(tick.Label, TextStyle.Muted) / 2;
            canvas.Rule(x, plot.Top, x, plot.Bottom, isAxis: false);
            if (x - half >= free && x + half <= width)
            {
                canvas.Text(x, plot.Bottom + LineHeight, tick.Label, TextStyle.Muted, TextAnchor.Middle);
                free = x + half + Space;
            }
        }
    }

    private static void DrawValues(IChartCanvas canvas, Plot plot, ValueAxis? values, double x, TextAnchor anchor, bool hasGrid)
    {
        foreach (ChartTick tick in values?.Ticks ?? [])
        {
            double y = plot.Y(values!.PlaceOf(tick.Value));
            if (hasGrid)
            {
                canvas.Rule(plot.Left, y, plot.Right, y, isAxis: false);
            }

            canvas.Text(x, y + 4, tick.Label, TextStyle.Muted, anchor);
        }
    }
}
