namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The rectangle between the axes, in pixels.</summary>
internal readonly record struct Plot(double Left, double Top, double Right, double Bottom)
{
    /// <summary>The distance from an edge beyond which nothing is seen, so that no number becomes too large for a file.</summary>
    private const double Beyond = 4;

    public double Width => Math.Max(1, Right - Left);

    /// <param name="place">0 at the left end of the axis, 1 at the right one.</param>
    public double X(double place) => Left + (Math.Clamp(place, -Beyond, Beyond) * Width);

    /// <param name="place">0 at the lower end of the axis, 1 at the upper one.</param>
    public double Y(double place) => Bottom - (Math.Clamp(place, -Beyond, Beyond) * (Bottom - Top));
}
