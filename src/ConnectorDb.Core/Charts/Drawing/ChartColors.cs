namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The colors of a chart, as #rrggbb. Those of series are told apart with every kind of color vision (Okabe and Ito), and have a contrast of 3 : 1.</summary>
/// <param name="Background">Behind everything.</param>
/// <param name="Text">Titles and names.</param>
/// <param name="Muted">Labels of axes.</param>
/// <param name="Axis">The lines of axes.</param>
/// <param name="Grid">The lines of ticks.</param>
/// <param name="Series">One after the other, and from the first again.</param>
public sealed record ChartColors(string Background, string Text, string Muted, string Axis, string Grid, IReadOnlyList<string> Series)
{
    /// <summary>The opacity of bands: a short peak must be seen in them.</summary>
    public const double BandOpacity = 0.4;

    public static ChartColors Light { get; } = new("#ffffff", "#1f2328", "#59636e", "#818b98", "#e4e7eb", ["#0072b2", "#d55e00", "#008a66", "#b5578a", "#9a6a00", "#2f8fcb"]);

    public static ChartColors Dark { get; } = new("#14171c", "#e6edf3", "#9aa4af", "#6b7580", "#2a313b", ["#56b4e9", "#ff8c42", "#2fc79a", "#e39ac4", "#f0b92b", "#b9a3ff"]);

    /// <summary>The lengths of dashes and of the spaces between them, in pixels; empty for a solid line. Colors alone do not tell more than three apart.</summary>
    public static IReadOnlyList<int> DashesOf(int series) => series < 3 ? [] : (series % 3) switch
    {
        0 => [7, 4],
        1 => [2, 4],
        _ => [9, 4, 2, 4],
    };
}
