namespace ConnectorDb;

/// <summary>The end of a row's interval that is the time of the row. The interval includes this time, and not its other end.</summary>
public enum RowStamp
{
    /// <summary>A row covers the step up to its time.</summary>
    End,

    /// <summary>A row covers the step that begins at its time.</summary>
    Start,
}
