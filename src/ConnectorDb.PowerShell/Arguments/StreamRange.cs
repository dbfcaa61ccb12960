namespace ConnectorDb.PowerShell.Arguments;

/// <summary>The part of a stream that a user asks for, by time or by index, as the parameters of the cmdlets say it.</summary>
internal sealed record StreamRange
{
    /// <summary>Times that people see are whole microseconds, so each stands for the datapoints half of one around it.</summary>
    private const double HalfMicrosecond = 0.5e-6;

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public long? First { get; init; }

    public long? Last { get; init; }

    public long? Skip { get; init; }

    public IReadOnlyList<IndexRange> Index { get; init; } = [];

    /// <summary>The one start that two parameters name.</summary>
    /// <exception cref="InvalidRangeException">Both are given.</exception>
    public static DateTimeOffset? Start(DateTimeOffset? from, DateTimeOffset? since)
        => from is null || since is null
            ? from ?? since
            : throw new InvalidRangeException("-From and -Since both say where the range begins; give one of them.", since);

    /// <summary>The exclusive start that includes the datapoints of this time.</summary>
    public static double? After(DateTimeOffset? from)
        => from is { } time ? Math.BitDecrement(UnixTime.FromDateTimeOffset(time) - HalfMicrosecond) : null;

    /// <summary>The inclusive end that includes the datapoints of this time.</summary>
    public static double? UpTo(DateTimeOffset? to)
        => to is { } time ? UnixTime.FromDateTimeOffset(time) + HalfMicrosecond : null;

    /// <summary>The query, or queries one after the other, that give the range in the order asked for.</summary>
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
