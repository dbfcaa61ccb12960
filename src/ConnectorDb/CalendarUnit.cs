namespace ConnectorDb;

/// <summary>A unit of the calendar.</summary>
public enum CalendarUnit
{
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,

    Month,

    /// <summary>January to March, and so on.</summary>
    Quarter,

    Year,
}
