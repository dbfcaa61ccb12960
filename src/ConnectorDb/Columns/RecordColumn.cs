namespace ConnectorDb.Columns;

/// <summary>Objects with the same members, stored as one column per member: the rows of a dataset.</summary>
public sealed class RecordColumn(IReadOnlyList<string> names, IReadOnlyList<Column> fields, int count) : Column, IObjectColumn
{
    public IReadOnlyList<string> Names { get; } = names;

    public IReadOnlyList<Column> Fields { get; } = fields;

    public override int Count { get; } = count;

    public override DataValue this[int index]
    {
        get
        {
            KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[Names.Count];
            for (int i = 0; i < members.Length; i++)
            {
                members[i] = new(Names[i], Fields[i][index]);
            }

            return DataValue.From(new DataObject(members));
        }
    }

    /// <inheritdoc/>
    Column? IObjectColumn.Member(string name)
    {
        int found = -1;
        for (int i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
            {
                // Of members with one name the last counts; which column that is, no reader of columns should have to know.
                if (found >= 0)
                {
                    return null;
                }

                found = i;
            }
        }

        return found < 0 ? null : Fields[found];
    }

    public override Column Slice(int start, int count)
        => new RecordColumn(Names, Fields.Select(field => field.Slice(start, count)).ToArray(), count);
}
