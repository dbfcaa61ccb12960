using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Charts.Drawing;
using SkiaSharp;

namespace ConnectorDb.Png;

/// <summary>Writes a chart as PNG. Without a theme of the viewer, Auto is light.</summary>
public sealed class PngChart : IChartFormat
{
    private const int Quality = 100;

    public int ColumnsPerPixel => 1;

    public void Write(Stream destination, Chart chart, PictureOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ChartColors colors = options.Theme == ChartTheme.Dark ? ChartColors.Dark : ChartColors.Light;
        using SKSurface surface = SKSurface.Create(new SKImageInfo(options.Width, options.Height));
        surface.Canvas.Clear(SKColor.Parse(colors.Background));
        using (SkiaCanvas canvas = new(surface.Canvas, colors))
        {
            ChartDrawing.Draw(canvas, chart, options.Width, options.Height);
        }

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, Quality);
        png.SaveTo(destination);
    }
}
