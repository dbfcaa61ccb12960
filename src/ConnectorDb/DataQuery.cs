namespace ConnectorDb;

/// <summary>A range of one stream, by time or by index, with an optional limit and transform.</summary>
/// <remarks>Null means not set. A query with both kinds of range fails with <see cref="InvalidRangeException"/>.</remarks>
public sealed record DataQuery
{
    /// <summary>A query of the whole stream.</summary>
    public DataQuery(CdbPath stream) => Stream = stream;

    /// <summary>The stream, or its downlink (<see cref="CdbPath.IsDownlink"/>).</summary>
    public CdbPath Stream { get; init; }

    /// <summary>Only datapoints later than this: unix seconds, exclusive.</summary>
    public double? T1 { get; init; }

    /// <summary>Only datapoints up to this: unix seconds, inclusive.</summary>
    public double? T2 { get; init; }

    /// <summary>The first index, inclusive; negative counts from the end, before the start is the start.</summary>
    public long? I1 { get; init; }

    /// <summary>The last index, exclusive; negative counts from the end, beyond the end is the end.</summary>
    public long? I2 { get; init; }

    /// <summary>At most so many results, counted after the transform.</summary>
    public long? Limit { get; init; }

    /// <summary>A PipeScript that the datapoints of the range go through.</summary>
    public string? Transform { get; init; }

    public bool IsByIndex => I1 is not null || I2 is not null;

    public bool IsByTime => T1 is not null || T2 is not null;

    /// <summary>No range of its own; dataset columns then take the dataset's.</summary>
    public bool IsWhole => !IsByIndex && !IsByTime && Limit is null;
}
