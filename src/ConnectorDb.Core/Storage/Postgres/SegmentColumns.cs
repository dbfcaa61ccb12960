using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;
using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The columns of the tables <c>segments</c> and <c>tail</c>.</summary>
internal static class SegmentColumns
{
    /// <summary>The columns of <see cref="ReadBounds"/>.</summary>
    public const string Bounds = "start, count, first_t, last_t, number_count, number_sum, number_rest, number_min, number_max, running_sum, tail_start, tail_weight, members";

    /// <summary>The columns of <see cref="ReadContent"/>, after those of the bounds.</summary>
    public const string Content = "checksum, time_codec, value_codec, times, origins, content";

    /// <summary>All columns after the key.</summary>
    public const string All = $"{Bounds}, {Content}";

    public static SegmentBounds ReadBounds(NpgsqlDataReader row, bool isSealed) => new(
        row.GetInt64(0),
        row.GetInt32(1),
        row.GetDouble(2),
        row.GetDouble(3),
        row.GetInt64(4) is var count and > 0 ? new NumberSummary(count, RealOrNull(row, 5) ?? double.NaN, RealOrNull(row, 6), row.GetDouble(7), row.GetDouble(8)) : null,
        RealOrNull(row, 9),
        MemberStatistics.FromBytes(BytesOrNull(row, 12)),
        isSealed,
        new TailState(row.GetInt64(10), row.GetInt64(11)));

    public static EncodedSegment ReadContent(NpgsqlDataReader row, SegmentBounds bounds) => new(
        bounds.Count,
        bounds.FirstT,
        bounds.LastT,
        row.GetString(14),
        row.GetFieldValue<byte[]>(16),
        row.GetString(15),
        row.GetFieldValue<byte[]>(18),
        BytesOrNull(row, 17),
        bounds.Numbers,
        (uint)row.GetInt64(13));

    private static double? RealOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private static byte[]? BytesOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
