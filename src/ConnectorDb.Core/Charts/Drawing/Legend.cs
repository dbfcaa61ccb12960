namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The title, and below it a sample of each line with the name of its series.</summary>
internal static class Legend
{
    private const double Margin = 16;
    private const double TitleHeight = 26;
    private const double RowHeight = 20;
    private const double Sample = 22;
    private const double Space = 6;

    /// <summary>Draws both in at most so many pixels, and returns where they end.</summary>
    public static double Draw(IChartCanvas canvas, Chart chart, double width, double height)
    {
        double y = 6;
        if (chart.Heading.Length > 0)
        {
            canvas.Text(Margin, y + 17, ChartDrawing.Cut(canvas, chart.Heading, (width - (2 * Margin)) * 0.75), TextStyle.Title, TextAnchor.Start);
            y += TitleHeight;
        }

        string[] names = [.. chart.Series.Select(series => NameOf(chart, series))];
        if (names is [var only] && only == chart.Heading)
        {
            return y;
        }

        double x = Margin;
        for (int i = 0; i < names.Length; i++)
        {
            string name = ChartDrawing.Cut(canvas, names[i], width - (2 * Margin) - Sample - Space);
            double end = x + Sample + Space + canvas.WidthOf(name, TextStyle.Plain);
            if (x > Margin && end > width - Margin)
            {
                (x, y) = (Margin, y + RowHeight);
                end = x + Sample + Space + canvas.WidthOf(name, TextStyle.Plain);
            }

            if (y + (2 * RowHeight) > height && i < names.Length - 1)
            {
                canvas.Text(x, y + 13, $"and {names.Length - i} more", TextStyle.Muted, TextAnchor.Start);
                break;
            }

            canvas.Lines(i, [[(x, y + 9), (x + Sample, y + 9)]]);
            canvas.Text(x + Sample + Space, y + 13, name, TextStyle.Plain, TextAnchor.Start);
            x = end + Margin;
        }

        return y + RowHeight;
    }

    public static string NameOf(Chart chart, ChartSeries series)
        => series.Label + (chart.Right.Contains(series) ? " (right)" : "") + (series.Obstacle is { } obstacle ? " – " + obstacle : "");
}
