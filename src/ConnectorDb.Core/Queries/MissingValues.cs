using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.Queries;

/// <summary>Removes rows of a dataset in which a column without AllowNull has no value.</summary>
internal static class MissingValues
{
    /// <param name="mayBeNull">For each column whether rows without its value are kept.</param>
    public static Block DropRows(Block rows, IReadOnlyList<Column> columns, IReadOnlyList<bool> mayBeNull)
    {
        bool[]? kept = null;
        for (int i = 0; i < columns.Count; i++)
        {
            if (!mayBeNull[i] && columns[i] is ValueColumn values)
            {
                Mark(values.Values.Span, ref kept);
            }
        }

        return kept is null ? rows : Narrowed(Rows.Keep(rows, kept));
    }

    /// <summary>Columns that had to hold null become columns of one kind again.</summary>
    private static Block Narrowed(Block rows)
    {
        if (rows.Values is not RecordColumn record)
        {
            return rows;
        }

        Column[] fields = new Column[record.Fields.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = record.Fields[i] is ValueColumn values ? Narrow(values) : record.Fields[i];
        }

        return rows.With(new RecordColumn(record.Names, fields, record.Count));
    }

    private static Column Narrow(ValueColumn values)
    {
        ColumnBuilder narrow = new(values.Count);
        narrow.Add(values, 0, values.Count);
        return narrow.Build();
    }

    private static void Mark(ReadOnlySpan<DataValue> values, ref bool[]? kept)
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (values[row].IsNull)
            {
                kept ??= Enumerable.Repeat(true, values.Length).ToArray();
                kept[row] = false;
            }
        }
    }
}
