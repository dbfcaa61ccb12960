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
