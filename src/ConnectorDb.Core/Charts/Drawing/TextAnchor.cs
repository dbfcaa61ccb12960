namespace ConnectorDb.Core.Charts.Drawing;

/// <summary>The part of a text that is at its place.</summary>
public enum TextAnchor
{
    Start,
    Middle,
    End,
}
