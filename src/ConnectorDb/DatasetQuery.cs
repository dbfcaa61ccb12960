namespace ConnectorDb;

/// <summary>
/// Values of several streams brought to common times: every <see cref="Dt"/> seconds or <see cref="Step"/> (a T-dataset), or at
/// the times of one stream or merge (an X-dataset).
/// </summary>
public sealed record DatasetQuery
{
    /// <summary>T-dataset: the time of the first row, unix seconds. X-dataset: the start given to columns without a range.</summary>
    public double? T1 { get; init; }

    /// <summary>T-dataset: end of the rows, exclusive, in unix seconds.</summary>
    public double? T2 { get; init; }

    /// <summary>T-dataset: seconds from row to row.</summary>
    public double? Dt { get; init; }

    /// <summary>T-dataset, instead of <see cref="Dt"/>: rows at the starts of days, weeks, months and so on. The first row is the first such start at or after <see cref="T1"/>.</summary>
    public CalendarStep? Step { get; init; }

    /// <summary>The time zone of <see cref="Step"/>, as an IANA or Windows name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>T-dataset: the end of a row's interval that is its time. Values at a time, such as that of <c>closest</c>, are those at the time of the row in either case.</summary>
    public RowStamp Stamp { get; init; }

    /// <summary>X-dataset: one or more queries, merged by time, whose datapoints become the column <c>x</c>.</summary>
    public IReadOnlyList<DataQuery> X { get; init; } = [];

    /// <summary>The columns in the order they are wanted.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>A PipeScript that the rows, as objects, go through.</summary>
    public string? PostTransform { get; init; }

    /// <summary>The interpolator <c>mean</c> gives 0 without datapoints, as in ConnectorDB 0.3, instead of null.</summary>
    public bool HasZeroMeans { get; init; }

    /// <summary>Run although the answer would have an unreasonable number of rows.</summary>
    public bool Force { get; init; }
}

/// <summary>One column of a dataset.</summary>
public sealed record DatasetColumn
{
    public required string Name { get; init; }

    /// <summary>One query, or several that are merged by time.</summary>
    public required IReadOnlyList<DataQuery> Sources { get; init; }

    /// <summary>The name of an interpolator, or a PipeScript that is run over the datapoints of each row.</summary>
    public required string Interpolator { get; init; }

    /// <summary>Keep rows in which this column has no value.</summary>
    public bool AllowNull { get; init; }
}
