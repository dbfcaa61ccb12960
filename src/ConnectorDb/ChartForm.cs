namespace ConnectorDb;

/// <summary>The characters that the dots of a chart in a terminal are drawn with.</summary>
public enum ChartForm
{
    /// <summary>Two by four dots in a character of Unicode's Braille patterns.</summary>
    Braille,

    /// <summary>One by two dots in a half block, which most fonts and the code pages 437 and 850 have.</summary>
    Block,

    /// <summary>A dot is an asterisk.</summary>
    Ascii,
}
