namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The kinds of text in a chart.</summary>
public enum TextStyle
{
    /// <summary>15 pixels, bold.</summary>
    Title,

    /// <summary>12 pixels.</summary>
    Plain,

    /// <summary>12 pixels, less contrast.</summary>
    Muted,
}
