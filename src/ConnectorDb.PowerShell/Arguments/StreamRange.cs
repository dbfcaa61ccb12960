using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.Timestamps;

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

    /// <summary>The query of a range of times.</summary>
    /// <exception cref="InvalidRangeException">The range ends before it starts.</exception>
    public static DataQuery Between(DataQuery stream, DateTimeOffset? start, DateTimeOffset? end)
        => start is { } first && end is { } last && last < first
            ? throw new InvalidRangeException($"The range ends at {Shown(last)} (-To), before it starts at {Shown(first)} (-From or -Since), so it has no datapoints. Exchange the two times, or omit one of them.", end)
            : stream with { T1 = After(start), T2 = UpTo(end) };

    /// <summary>The queries that read the range, in the order of the output.</summary>
    /// <param name="stream">The stream, with a limit and a transform.</param>
    /// <param name="client">The database; it finds the indices of a range that has both times and a number of datapoints.</param>
    /// <exception cref="InvalidRangeException">Parts of the range contradict each other.</exception>
    public IEnumerable<DataQuery> Of(DataQuery stream, ICdbClient client, CancellationToken cancellation)
    {
        Check();
        if (First == 0 || Last == 0)
        {
            return [];
        }

        if (Index.Count > 0)
        {
            return Index.Select(range => stream with { I1 = range.First, I2 = range.End });
        }

        long skip = Skip ?? 0;
        DataQuery times = Between(stream, From, To);
        return
        [
            First is null && Last is null && Skip is null ? times
            : times.IsByTime ? Within(times, skip, client, cancellation)
            : Last is { } last ? stream with { I1 = -(last + skip), I2 = skip > 0 ? -skip : null }
            : stream with { I1 = skip, I2 = First is { } first ? skip + first : null },
        ];
    }

    /// <summary>The first or last datapoints of a range of times.</summary>
    private DataQuery Within(DataQuery times, long skip, ICdbClient client, CancellationToken cancellation)
    {
        long start = times.T1 is { } t1 ? Await.Result(client.IndexOfTimeAsync(times.Stream, t1, cancellation)) : 0;
        long end = Await.Result(times.T2 is { } t2 ? client.IndexOfTimeAsync(times.Stream, t2, cancellation) : client.CountAsync(times.Stream, cancellation));
        long skipped = Math.Min(skip, Math.Max(0, end - start));
        (start, end) = Last is null ? (start + skipped, Math.Max(start + skipped, end)) : (start, Math.Max(start, end - skipped));
        long count = Math.Min(First ?? Last ?? long.MaxValue, end - start);
        return times with
        {
            T1 = null,
            T2 = null,
            I1 = Last is null ? start : end - count,
            I2 = Last is null ? start + count : end,
        };
    }

    private void Check()
    {
        if (First is not null && Last is not null)
        {
            throw new InvalidRangeException("'First' and 'Last' are two ends of the range. Give only one of them.", Last);
        }

        if (Index.Count > 0 && (From, To, First, Last, Skip) is not (null, null, null, null, null))
        {
            throw new InvalidRangeException("'Index' is the whole range. Omit it, or the other limits of the range.", null);
        }
    }

    private static string Shown(DateTimeOffset time) => IsoText.Of(UnixTime.FromDateTimeOffset(time));
}
