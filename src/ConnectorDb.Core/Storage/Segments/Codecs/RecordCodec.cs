using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Records: the names of their members, then a column for each.</summary>
internal sealed class RecordCodec : IColumnCodec
{
    public string Name => "record";

    public int Rank => 0;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not RecordColumn records)
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
        int fieldCount = reader.Count(reader.Left);
        reader.Claim(fieldCount);
        string[] names = fieldCount > 0 ? TextBytes.Read(ref reader, fieldCount) : [];
        Column[] fields = new Column[fieldCount];
        for (int i = 0; i < fieldCount; i++)
        {
            fields[i] = ColumnCodecs.ReadNested(ref reader, count);
        }

        return new RecordColumn(names, fields, count);
    }
}
