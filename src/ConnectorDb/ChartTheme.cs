namespace ConnectorDb;

/// <summary>The colors of a chart in a file.</summary>
public enum ChartTheme
{
    /// <summary>Light or dark, as the viewer's system is; light where a format cannot choose.</summary>
    Auto,

    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on black.</summary>
    Dark,
}
