using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Tables;

/// <summary>The columns of the tables of segments.</summary>
internal static class SegmentColumns
{
    /// <summary>The columns of <see cref="ReadBounds"/>.</summary>
    public const string Bounds = "start, count, first_t, last_t, number_count, number_sum, number_rest, number_min, number_max, running_sum, tail_start, tail_weight, members";

    /// <summary>The columns of <see cref="ReadContent"/>, after those of the bounds.</summary>
    public const string Content = "checksum, time_codec, value_codec, times, origins, content";

    /// <summary>All columns after the key.</summary>
    public const string All = $"{Bounds}, {Content}";

    public static SegmentBounds ReadBounds(IRow row, bool isSealed) => new(
        row.Integer(0),
        (int)row.Integer(1),
        row.Real(2),
        row.Real(3),
        row.Integer(4) is var count and > 0 ? new NumberSummary(count, row.RealOrNull(5) ?? double.NaN, row.RealOrNull(6), row.Real(7), row.Real(8)) : null,
        row.RealOrNull(9),
        MemberStatistics.FromBytes(row.BytesOrNull(12)),
        isSealed,
        new TailState(row.Integer(10), row.Integer(11)));

    public static EncodedSegment ReadContent(IRow row, SegmentBounds bounds) => new(
        bounds.Count,
        bounds.FirstT,
        bounds.LastT,
        row.Text(14),
        row.Bytes(16),
        row.Text(15),
        row.Bytes(18),
        row.BytesOrNull(17),
        bounds.Numbers,
        (uint)row.Integer(13));
}
