namespace ConnectorDb.Columns;

/// <summary>A column of objects that all have the same members, kept as one column per member: the rows of a dataset.</summary>
public sealed class RecordColumn(IReadOnlyList<string> names, IReadOnlyList<Column> fields, int count) : Column
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

    public override Column Slice(int start, int count)
        => new RecordColumn(Names, Fields.Select(field => field.Slice(start, count)).ToArray(), count);
}
