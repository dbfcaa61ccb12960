using ConnectorDb.Core.Charts.Drawing;
using SkiaSharp;

namespace ConnectorDb.Png;

/// <summary>Draws the parts of a chart with Skia.</summary>
internal sealed class SkiaCanvas : IChartCanvas, IDisposable
{
    private const float PlainSize = 12;
    private const float TitleSize = 15;
    private const float LineWidth = 1.5f;
    private const float DotWidth = 5;

    /// <summary>The plain fonts of Windows, macOS and Linux.</summary>
    private static readonly string[] s_families = ["Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial"];

    private readonly SKCanvas _canvas;
    private readonly ChartColors _colors;
    private readonly SKFont _plain = new(TypefaceOf(SKFontStyle.Normal), PlainSize) { Subpixel = true };
    private readonly SKFont _title = new(TypefaceOf(SKFontStyle.Bold), TitleSize) { Subpixel = true };

    public SkiaCanvas(SKCanvas canvas, ChartColors colors) => (_canvas, _colors) = (canvas, colors);

    public double WidthOf(string text, TextStyle style) => FontOf(style).MeasureText(text);

    public void Text(double x, double y, string text, TextStyle style, TextAnchor anchor)
    {
        using SKPaint paint = new() { Color = SKColor.Parse(style == TextStyle.Muted ? _colors.Muted : _colors.Text), IsAntialias = true };
        SKTextAlign align = anchor switch { TextAnchor.Middle => SKTextAlign.Center, TextAnchor.End => SKTextAlign.Right, _ => SKTextAlign.Left };
        _canvas.DrawText(text, (float)x, (float)y, align, FontOf(style), paint);
    }

    public void Rule(double x1, double y1, double x2, double y2, bool isAxis)
    {
        using SKPaint paint = new() { Color = SKColor.Parse(isAxis ? _colors.Axis : _colors.Grid), StrokeWidth = 1, IsStroke = true };

        // Half pixels, so that a line of one pixel is sharp.
        _canvas.DrawLine((float)Math.Floor(x1) + 0.5f, (float)Math.Floor(y1) + 0.5f, (float)Math.Floor(x2) + 0.5f, (float)Math.Floor(y2) + 0.5f, paint);
    }

    public void Band(int series, IReadOnlyList<(double Left, double Top, double Right, double Bottom)> columns)
        => FillAll(columns, ColorOf(series).WithAlpha((byte)Math.Round(byte.MaxValue * ChartColors.BandOpacity)));

    public void Lines(int series, IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines)
    {
        using SKPaint paint = new() { Color = ColorOf(series), StrokeWidth = LineWidth, IsStroke = true, IsAntialias = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };
        using SKPathEffect? dashes = ChartColors.DashesOf(series) is { Count: > 0 } lengths ? SKPathEffect.CreateDash([.. lengths.Select(length => (float)length)], 0) : null;
        paint.PathEffect = dashes;
        using SKPath path = new();
        foreach (IReadOnlyList<(double X, double Y)> line in lines.Where(line => line.Count > 1))
        {
            path.AddPoly([.. line.Select(point => new SKPoint((float)point.X, (float)point.Y))], close: false);
        }

        _canvas.DrawPath(path, paint);
        paint.IsStroke = false;
        foreach (IReadOnlyList<(double X, double Y)> dot in lines.Where(line => line.Count == 1))
        {
            _canvas.DrawCircle((float)dot[0].X, (float)dot[0].Y, DotWidth / 2, paint);
        }
    }

    public void Bars(int series, IReadOnlyList<(double Left, double Top, double Right, double Bottom)> bars) => FillAll(bars, ColorOf(series));

    public void BeginClip(double left, double top, double right, double bottom)
    {
        _canvas.Save();
        _canvas.ClipRect(new SKRect((float)left, (float)top, (float)right, (float)bottom));
    }

    public void EndClip() => _canvas.Restore();

    public void Dispose()
    {
        _plain.Dispose();
        _title.Dispose();
    }

    // One path, so that translucent bars that overlap are not darker there.
    private void FillAll(IReadOnlyList<(double Left, double Top, double Right, double Bottom)> bars, SKColor color)
    {
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        using SKPath path = new();
        foreach ((double left, double top, double right, double bottom) in bars)
        {
            path.AddRect(new SKRect((float)left, (float)top, (float)right, (float)bottom));
        }

        _canvas.DrawPath(path, paint);
    }

    private static SKTypeface TypefaceOf(SKFontStyle style)
        => s_families.Select(family => SKFontManager.Default.MatchFamily(family, style)).FirstOrDefault(face => face is not null) ?? SKTypeface.Default;

    private SKFont FontOf(TextStyle style) => style == TextStyle.Title ? _title : _plain;

    private SKColor ColorOf(int series) => SKColor.Parse(_colors.Series[series % _colors.Series.Count]);
}
