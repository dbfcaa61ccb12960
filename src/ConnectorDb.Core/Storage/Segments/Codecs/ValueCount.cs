using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Counts the values of a column and everything nested in them, because readers limit their number.</summary>
internal static class ValueCount
{
    // A reader claims each value at most twice, by itself and in its container.
    private const int MostValues = ByteReader.MostValues / 4;

    /// <summary>A reader accepts the nested columns of this column.</summary>
    public static bool IsReadable(Column column) => Rest(column, MostValues) > 0;

    /// <summary>How many more values may follow.</summary>
    private static long Rest(Column column, long left)
    {
        switch (column)
        {
            case ValueColumn values:
                foreach (DataValue value in values.Values.Span)
                {
                    left = Rest(value, left);
                }

                return left;
            case RecordColumn records:
                return records.Fields.Aggregate(left - records.Count, (rest, field) => Rest(field, rest));
            default:
                return left - column.Count;
        }
    }

    private static long Rest(DataValue value, long left)
    {
        left--;
        if (value.Kind == DataKind.Array)
        {
            DataValue[] items = value.AsArray();
            for (int i = 0; i < items.Length && left > 0; i++)
            {
                left = Rest(items[i], left);
            }
        }
        else if (value.Kind == DataKind.Object)
        {
            ReadOnlySpan<KeyValuePair<string, DataValue>> members = value.AsObject().Members;
            for (int i = 0; i < members.Length && left > 0; i++)
            {
                left = Rest(members[i].Value, left);
            }
        }

        return left;
    }
}
