using ConnectorDb.Core.Storage.Sequences;
using NpgsqlTypes;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The rows of segments as a column of values for each column of the tables, for <c>unnest</c>.</summary>
internal static class SegmentArrays
{
    /// <summary>The flag of sealed segments, then the columns after the key, in the order of the tables.</summary>
    public static PostgresValue[] Of(List<StoredSegment> rows)
    {
        PostgresValue Column<T>(NpgsqlDbType type, Func<StoredSegment, T> value) => PostgresValue.Array([.. rows.Select(value)], type);

        return
        [
            Column(NpgsqlDbType.Boolean, row => row.Bounds.IsSealed),
            Column(NpgsqlDbType.Bigint, row => row.Bounds.Start),
            Column(NpgsqlDbType.Integer, row => row.Bounds.Count),
            Column(NpgsqlDbType.Double, row => row.Bounds.FirstT),
            Column(NpgsqlDbType.Double, row => row.Bounds.LastT),
            Column(NpgsqlDbType.Bigint, row => row.Bounds.Numbers?.Count ?? 0),
            Column(NpgsqlDbType.Double, row => row.Bounds.Numbers is { Sum: var sum } && !double.IsNaN(sum) ? sum : default(double?)),
            Column(NpgsqlDbType.Double, row => row.Bounds.Numbers?.Rest),
            Column(NpgsqlDbType.Double, row => row.Bounds.Numbers?.Minimum),
            Column(NpgsqlDbType.Double, row => row.Bounds.Numbers?.Maximum),
            Column(NpgsqlDbType.Double, row => row.Bounds.RunningSum),
            Column(NpgsqlDbType.Bigint, row => row.Bounds.Tail.Start),
            Column(NpgsqlDbType.Bigint, row => row.Bounds.Tail.Weight),
            Column(NpgsqlDbType.Bytea, row => row.Bounds.Members.ToBytes()),
            Column(NpgsqlDbType.Bigint, row => (long)row.Content.Checksum),
            Column(NpgsqlDbType.Text, row => row.Content.TimeCodec),
            Column(NpgsqlDbType.Text, row => row.Content.ValueCodec),
            Column(NpgsqlDbType.Bytea, row => row.Content.Times),
            Column(NpgsqlDbType.Bytea, row => row.Content.Origins),
            Column(NpgsqlDbType.Bytea, row => row.Content.Values),
        ];
    }
}
