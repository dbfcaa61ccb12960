namespace ConnectorDb.Core.Charts;

/// <summary>The size and colors of a picture.</summary>
public sealed record PictureOptions
{
    /// <summary>Pixels.</summary>
    public int Width { get; init; } = 1000;

    /// <summary>Pixels.</summary>
    public int Height { get; init; } = 420;

    public ChartTheme Theme { get; init; }
}
