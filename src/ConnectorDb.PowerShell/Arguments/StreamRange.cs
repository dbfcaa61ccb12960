namespace ConnectorDb.PowerShell.Arguments;

/// <summary>The range parameters of the cmdlets: a part of a stream by time or by index.</summary>
internal sealed record StreamRange
{
    /// <summary>Half of the resolution of the times that users see, in seconds. A time selects the datapoints within this distance.</summary>
    private const double HalfMicrosecond = 0.5e-6;

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public long? First { get; init; }

    public long? Last { get; init; }

    public long? Skip { get; init; }

    public IReadOnlyList<IndexSpan> Index { get; init; } = [];

    /// <summary>The start of the range from -From or -Since.</summary>
    /// <exception cref="InvalidRangeException">Both parameters are given.</exception>
    public static DateTimeOffset? Start(DateTimeOffset? from, DateTimeOffset? since)
        => from is null || since is null
            ? from ?? since
            : throw new InvalidRangeException("-From and -Since both set the start of the range. Give only one of them.", since);

    /// <summary>Exclusive start of a query that includes the datapoints at this time.</summary>
    public static double? After(DateTimeOffset? from)
        => from is { } time ? Math.BitDecrement(UnixTime.FromDateTimeOffset(time) - HalfMicrosecond) : null;

    /// <summary>Inclusive end of a query that includes the datapoints at this time.</summary>
    public static double? UpTo(DateTimeOffset? to)
        => to is { } time ? UnixTime.FromDateTimeOffset(time) + HalfMicrosecond : null;

    /// <summary>The queries that read the range, in the order of the output.</summary>
    public IEnumerable<DataQuery> Of(DataQuery stream)
    {
        if (First == 0 || Last == 0)
        {
            return [];
        }

        if (Index.Count > 0)
        {
            return Index.Select(range => stream with { I1 = range.First, I2 = range.End });
        }

        long skip = Skip ?? 0;
        return
        [
            Last is { } last ? stream with { I1 = -(last + skip), I2 = skip > 0 ? -skip : null }
            : First is not null || Skip is not null ? stream with { I1 = skip, I2 = First is { } first ? skip + first : null }
            : stream with { T1 = After(From), T2 = UpTo(To) },
        ];
    }
}
