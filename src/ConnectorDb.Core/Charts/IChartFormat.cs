namespace ConnectorDb.Core.Charts;

/// <summary>A format of files with charts.</summary>
public interface IChartFormat
{
    /// <summary>The number of columns for each pixel of the width: more than one where the viewer can zoom.</summary>
    int ColumnsPerPixel { get; }

    /// <param name="destination">Stays open.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="options">Size and colors.</param>
    void Write(Stream destination, Chart chart, PictureOptions options);
}
