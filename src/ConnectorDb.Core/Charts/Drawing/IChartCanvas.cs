namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>Draws the parts of a chart in a format. Places are pixels from the upper left corner.</summary>
public interface IChartCanvas
{
    /// <summary>The width of a text in pixels.</summary>
    double WidthOf(string text, TextStyle style);

    /// <param name="x">The start, middle or end of the text.</param>
    /// <param name="y">The line that letters stand on.</param>
    /// <param name="text">One line.</param>
    /// <param name="style">Size and color.</param>
    /// <param name="anchor">What is at <paramref name="x"/>.</param>
    void Text(double x, double y, string text, TextStyle style, TextAnchor anchor);

    /// <summary>A thin line of the grid, or of an axis.</summary>
    void Rule(double x1, double y1, double x2, double y2, bool isAxis);

    /// <summary>Translucent bars from the maximum to the minimum of each column.</summary>
    /// <param name="series">The number of the series, which selects its color.</param>
    /// <param name="columns">In order of time; all as wide as a pixel at least.</param>
    void Band(int series, IReadOnlyList<(double Left, double Top, double Right, double Bottom)> columns);

    /// <summary>Lines, each through its points; a single point is a dot.</summary>
    /// <param name="series">The number of the series, which selects color and dashes.</param>
    /// <param name="lines">The parts between gaps.</param>
    void Lines(int series, IReadOnlyList<IReadOnlyList<(double X, double Y)>> lines);

    /// <summary>Bars of the states of a series.</summary>
    /// <param name="series">The number of the series, which selects its color.</param>
    /// <param name="bars">In order of time; all as wide as a pixel at least.</param>
    void Bars(int series, IReadOnlyList<(double Left, double Top, double Right, double Bottom)> bars);

    /// <summary>Cuts all following parts at the edges of a rectangle, until <see cref="EndClip"/>.</summary>
    void BeginClip(double left, double top, double right, double bottom);

    void EndClip();
}
