namespace ConnectorDb.Core.Queries;

/// <summary>The times of the rows of a T-dataset.</summary>
internal static class DatasetSteps
{
    /// <exception cref="InvalidValueException">The time zone does not exist.</exception>
    public static TimeSteps Of(DatasetQuery query)
    {
        double start = query.T1 ?? 0;
        return query.Step is { } step
            ? TimeSteps.Of(new CalendarGrid(step, ZoneOf(query), start), query.T2!.Value)
            : TimeSteps.Between(start, query.T2!.Value, query.Dt!.Value);
    }

    private static TimeZoneInfo ZoneOf(DatasetQuery query)
        => TimeZones.Find(query.TimeZone!)
            ?? throw new InvalidValueException($"'{query.TimeZone}' is not a time zone. Give a name such as 'Europe/Berlin' or 'UTC'.", query.TimeZone);
}
