namespace ConnectorDb.Columns;

/// <summary>The approximate size of values in bytes before compression, which decides where segments are cut.</summary>
public static class ColumnWeight
{
    private const int Plain = 8;

    /// <summary>The weight of all values of the column.</summary>
    public static long Of(Column column) => column switch
    {
        NumberColumn or IntegerColumn or BooleanColumn => (long)Plain * column.Count,
        RecordColumn records => ((Plain + Names(records)) * column.Count) + records.Fields.Sum(Of),
        _ => Sum(column),
    };

    /// <summary>True when <see cref="Of(Column)"/> is more than the limit. Counting stops there: parts that occur many times can weigh more than can be counted.</summary>
    public static bool IsMoreThan(Column column, long limit) => Left(column, limit) < 0;

    /// <summary>The weight of one value of the column.</summary>
    public static long Of(Column column, int index) => column switch
    {
        NumberColumn or IntegerColumn or BooleanColumn => Plain,
        TextColumn texts => Plain + texts.Values.Span[index].Length,
        RecordColumn records => Plain + Names(records) + records.Fields.Sum(field => Of(field, index)),
        _ => Of(column[index]),
    };

    public static long Of(DataValue value)
    {
        switch (value.Kind)
        {
            case DataKind.Text:
                return Plain + value.AsText().Length;
            case DataKind.Array:
                long items = Plain;
                foreach (DataValue item in value.AsArray())
                {
                    items += Of(item);
                }

                return items;
            case DataKind.Object:
                long members = Plain;
                foreach ((string name, DataValue member) in value.AsObject().Members)
                {
                    members += name.Length + Of(member);
                }

                return members;
            default:
                return Plain;
        }
    }

    /// <summary>The rest of the limit; below 0 when the column weighs more.</summary>
    private static long Left(Column column, long limit)
    {
        switch (column)
        {
            case NumberColumn or IntegerColumn or BooleanColumn:
                return limit - ((long)Plain * column.Count);
            case RecordColumn records:
                limit -= (Plain + Names(records)) * column.Count;
                for (int i = 0; i < records.Fields.Count && limit >= 0; i++)
                {
                    limit = Left(records.Fields[i], limit);
                }

                return limit;
            default:
                for (int i = 0; i < column.Count && limit >= 0; i++)
                {
                    limit -= Of(column, i);
                }

                return limit;
        }
    }

    private static long Names(RecordColumn records) => records.Names.Sum(name => (long)name.Length);

    private static long Sum(Column column)
    {
        long sum = 0;
        for (int i = 0; i < column.Count; i++)
        {
            sum += Of(column, i);
        }

        return sum;
    }
}
