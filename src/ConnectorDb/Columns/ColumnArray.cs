namespace ConnectorDb.Columns;

/// <summary>Columns as plain arrays and back.</summary>
internal static class ColumnArray
{
    /// <summary>The values of all columns, in the kind of array of <see cref="DatapointArrays.Values"/>.</summary>
    public static Array Of(IReadOnlyList<Column> columns)
    {
        columns = [.. columns.Where(column => column.Count > 0)];
        return columns.All(column => column is IntegerColumn) && columns.Count > 0 ? Join<long, IntegerColumn>(columns, integers => integers.Values)
            : columns.All(AreNumbers) ? Numbers(columns)
            : columns.All(column => column is BooleanColumn) ? Join<bool, BooleanColumn>(columns, booleans => booleans.Values)
            : columns.All(column => column is TextColumn) ? Join<string, TextColumn>(columns, texts => texts.Values)
            : columns.SelectMany(column => Enumerable.Range(0, column.Count).Select(i => column[i].ToNatural())).ToArray();
    }

    /// <summary>The column of an array of doubles, integers or booleans, which is not copied; null for any other.</summary>
    public static Column? TryRead(object? array) => array switch
    {
        double[] numbers => new NumberColumn(numbers),
        long[] integers => new IntegerColumn(integers),
        bool[] booleans => new BooleanColumn(booleans),
        _ => null,
    };

    private static bool AreNumbers(Column column) => column switch
    {
        NumberColumn or IntegerColumn => true,
        ValueColumn values => AreNumbers(values.Values.Span),
        _ => false,
    };

    private static bool AreNumbers(ReadOnlySpan<DataValue> values)
    {
        foreach (DataValue value in values)
        {
            if (!value.IsNumber || value.IsNumberText)
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Numbers(IReadOnlyList<Column> columns)
    {
        double[] all = new double[columns.Sum(column => column.Count)];
        int at = 0;
        foreach (Column column in columns)
        {
            if (column is NumberColumn numbers)
            {
                numbers.Values.CopyTo(all.AsMemory(at));
                at += column.Count;
                continue;
            }

            for (int i = 0; i < column.Count; i++)
            {
                all[at++] = column[i].AsDouble();
            }
        }

        return all;
    }

    private static T[] Join<T, TColumn>(IReadOnlyList<Column> columns, Func<TColumn, ReadOnlyMemory<T>> values)
        where TColumn : Column
    {
        T[] all = new T[columns.Sum(column => column.Count)];
        int at = 0;
        foreach (Column column in columns)
        {
            values((TColumn)column).CopyTo(all.AsMemory(at));
            at += column.Count;
        }

        return all;
    }
}
