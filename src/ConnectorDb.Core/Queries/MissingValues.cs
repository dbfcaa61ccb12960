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

        return kept is null ? rows : Rows.Keep(rows, kept);
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
