using System.Globalization;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Charts;

/// <summary>Validates the query of a chart.</summary>
internal static class ChartCheck
{
    /// <exception cref="InvalidRangeException">The range contradicts itself, or its columns are missing or impossible.</exception>
    /// <exception cref="InvalidValueException">The time zone does not exist.</exception>
    public static void Check(ChartQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.Check(query.Range);
        CdbPath stream = query.Range.Stream;
        if (query.Range.Limit is not null)
        {
            throw new InvalidRangeException($"A chart of '{stream}' has no limit. Give a range of time, and a number of columns.", stream);
        }

        int given = (query.Columns is null ? 0 : 1) + (query.Every is null ? 0 : 1) + (query.Step is null ? 0 : 1);
        if (given != 1)
        {
            throw new InvalidRangeException($"A chart of '{stream}' needs either a number of columns or the length of a column.", stream);
        }

        if (query.Columns is < 1 or > ChartQuery.MaxColumns)
        {
            throw new InvalidRangeException($"A chart of '{stream}' cannot have so many columns. Give 1 to {ChartQuery.MaxColumns}.", stream);
        }

        if (query.Every is { } every && !(every >= ColumnEdges.Shortest && double.IsFinite(every)))
        {
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"The columns of '{stream}' would be {every} s long; a column takes time. Give a longer -Every, such as 1m."), stream);
        }

        _ = ZoneOf(query);
    }

    /// <summary>The time zone of the query.</summary>
    /// <exception cref="InvalidValueException">It does not exist.</exception>
    public static TimeZoneInfo ZoneOf(ChartQuery query) => query.TimeZone is null ? TimeZoneInfo.Utc
        : TimeZones.Find(query.TimeZone) ?? throw new InvalidValueException($"'{query.TimeZone}' is not a time zone. Give a name such as 'Europe/Berlin' or 'UTC'.", query.TimeZone);
}
