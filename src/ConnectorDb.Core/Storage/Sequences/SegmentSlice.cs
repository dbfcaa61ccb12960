using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>
/// Consecutive datapoints of a sequence as they are stored. The facts are about whole segments; at the ends of a range a segment
/// may contain datapoints that were not requested.
/// </summary>
public sealed record SegmentSlice
{
    /// <summary>The index of the first datapoint of the segments.</summary>
    public required long Start { get; init; }

    /// <summary>The index after their last datapoint.</summary>
    public required long End { get; init; }

    /// <summary>Unix seconds of the first datapoint of the segments.</summary>
    public required double FirstT { get; init; }

    /// <summary>Unix seconds of their last datapoint.</summary>
    public required double LastT { get; init; }

    /// <summary>Statistics of the segments; null when there are no numbers or they are not known.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>See <see cref="RunningSum"/>; before the segments.</summary>
    public double? SumBefore { get; init; }

    /// <summary>See <see cref="RunningSum"/>; after the segments.</summary>
    public double? SumAfter { get; init; }

    /// <summary>The statistics of members of the segments.</summary>
    public MemberStatistics Members { get; init; } = MemberStatistics.None;

    /// <summary>Has the running sums of members before the segments.</summary>
    public MemberStatistics MembersBefore { get; init; } = MemberStatistics.None;

    /// <summary>The index of the first requested datapoint.</summary>
    public long From { get; init; }

    /// <summary>The index after the last requested datapoint.</summary>
    public long To { get; init; }

    /// <summary>All datapoints of the segments were requested.</summary>
    public bool IsWhole => From == Start && To == End;

    /// <summary>The segments; null when they were not loaded.</summary>
    public IReadOnlyList<EncodedSegment>? Content { get; init; }

    /// <summary>The requested datapoints.</summary>
    /// <exception cref="StoreException">A segment is damaged.</exception>
    public Block Decode() => BlockJoin.Join(Content!.Select(SegmentCodec.Decode)).Slice((int)(From - Start), (int)(To - From));

    /// <summary>The same, but members of objects in sealed segments are decoded when they are read or projected.</summary>
    /// <inheritdoc cref="Decode"/>
    internal Block DecodeLazily(MemberProjection projection)
        => Content is [var segment] ? SegmentCodec.DecodeLazily(segment, projection).Slice((int)(From - Start), (int)(To - From)) : Decode();

    /// <summary>The requested datapoints that are selected, without origins; all of them in the tail, which is short.</summary>
    /// <param name="member">See <see cref="SegmentCodec.DecodeSome"/>.</param>
    /// <exception cref="StoreException">A segment is damaged.</exception>
    public Block DecodeSome(RowSelector choose, string? member = null)
        => Content is [var segment] ? SegmentCodec.DecodeSome(segment, (int)(From - Start), (int)(To - From), choose, member) : Decode();

    internal static SegmentSlice Of(SegmentBounds bounds, SequenceSums before) => new()
    {
        Start = bounds.Start,
        End = bounds.End,
        FirstT = bounds.FirstT,
        LastT = bounds.LastT,
        Numbers = bounds.Numbers,
        SumBefore = before.Values,
        SumAfter = bounds.RunningSum,
        Members = bounds.Members,
        MembersBefore = before.Members,
    };

    /// <summary>The part of the segments within these indices.</summary>
    internal SegmentSlice Within(long from, long to) => this with { From = Math.Max(Start, from), To = Math.Min(End, to) };
}
