namespace ConnectorDb.PowerShell.Arguments;

/// <summary>Makes the query of the columns that the parameters of a cmdlet ask for.</summary>
internal static class ChartColumns
{
    /// <param name="range">The stream and its range.</param>
    /// <param name="every">The length of a column; null for a number of columns.</param>
    /// <param name="columns">About so many, if the length is null.</param>
    /// <param name="zone">The zone of midnight.</param>
    public static ChartQuery Of(DataQuery range, Step? every, int columns, TimeZoneInfo zone) => new(range)
    {
        Columns = every is null ? Math.Min(columns, ChartQuery.MaxColumns) : null,
        Every = every is { Calendar: null, Span: { } span } ? span.TotalSeconds : null,
        Step = every?.Calendar,
        TimeZone = TimeZones.NameOf(zone),
    };
}
