namespace ConnectorDb;

/// <summary>A range of a stream that is summarized in columns of time. Exactly one of <see cref="Columns"/>, <see cref="Every"/> and <see cref="Step"/> is set.</summary>
public sealed record ChartQuery
{
    /// <summary>The maximum of <see cref="Columns"/>.</summary>
    public const int MaxColumns = 10_000;

    /// <summary>The maximum number of queries in one request.</summary>
    public const int MaxQueries = 200;

    /// <summary>The maximum number of different texts of a stream that are counted one by one.</summary>
    public const int MaxStates = 32;

    /// <summary>The maximum length in characters of a text that is counted so.</summary>
    public const int MaxStateLength = 100;

    public ChartQuery(DataQuery range) => Range = range;

    /// <summary>The stream, its range and its transform; without a limit.</summary>
    public DataQuery Range { get; init; }

    /// <summary>
    /// About so many columns, for a picture. Their length is rounded up to a usual one. An edge may move to the end of a segment
    /// nearby, so that it need not be decoded. At most twice as many datapoints are answered one by one.
    /// </summary>
    public int? Columns { get; init; }

    /// <summary>Columns of so many seconds, counted from midnight.</summary>
    public double? Every { get; init; }

    /// <summary>Columns of days, weeks, months and so on.</summary>
    public CalendarStep? Step { get; init; }

    /// <summary>The time zone of midnight, as an IANA or Windows name; null for UTC.</summary>
    public string? TimeZone { get; init; }
}
