using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Encodes records: the names of their members, then a column for each.</summary>
internal sealed class RecordCodec : IColumnCodec
{
    public string Name => "record";

    public int Rank => 0;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not RecordColumn records || writer.Depth >= ByteReader.Deepest - 1 || !ValueCount.IsReadable(column))
        {
            return false;
        }

        writer.Varint((ulong)records.Names.Count);
        if (records.Names.Count > 0)
        {
            TextBytes.Write(writer, records.Names.ToArray());
        }

        foreach (Column field in records.Fields)
        {
            ColumnCodecs.WriteNested(writer, field);
        }

        return true;
    }

    public Column Read(ref ByteReader reader, int count)
    {
        string[] names = ReadNames(ref reader);
        Column[] fields = new Column[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            fields[i] = ColumnCodecs.ReadNested(ref reader, count);
        }

        return new RecordColumn(names, fields, count);
    }

    public bool HasMembers => true;

    public Column? ReadMember(ref ByteReader reader, SelectionVector selection, string name)
        => ColumnCodecs.ReadNestedMember(ref reader, ReadNames(ref reader), name, selection);

    private static string[] ReadNames(ref ByteReader reader)
    {
        int count = reader.Count(reader.Left);
        reader.Claim(count);
        return count > 0 ? TextBytes.Read(ref reader, count) : [];
    }
}
