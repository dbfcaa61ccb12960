using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Shreds objects into lists of members: the number of members of each, then, if there are any, a column of names and one of
/// values.
/// </summary>
internal static class MemberShreds
{
    public static void Write(ByteWriter writer, List<DataValue> objects)
    {
        using RentedArray<long> lengths = new(objects.Count);
        List<string> names = [];
        List<DataValue> values = [];
        for (int i = 0; i < objects.Count; i++)
        {
            DataObject value = objects[i].AsObject();
            lengths.Span[i] = value.Count;
            foreach ((string name, DataValue member) in value.Members)
            {
                names.Add(name);
                values.Add(member);
            }
        }

        IntegerSequence.Write(writer, lengths.Span);
        if (names.Count > 0)
        {
            ColumnCodecs.WriteNested(writer, new TextColumn(names.ToArray()));
            ColumnCodecs.WriteNested(writer, ShreddedCodec.Narrow(values));
        }
    }

    public static DataValue[] Read(ref ByteReader reader, int count)
    {
        using RentedArray<long> lengths = new(count);
        int total = ShredLengths.Read(ref reader, lengths.Span);
        Column? names = total > 0 ? ColumnCodecs.ReadNested(ref reader, total) : null;
        Column? values = total > 0 ? ColumnCodecs.ReadNested(ref reader, total) : null;
        DataValue[] objects = new DataValue[count];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[lengths.Span[i]];
            for (int at = 0; at < members.Length; at++, next++)
            {
                DataValue name = names![next];
                members[at] = new(name.Kind == DataKind.Text ? name.AsText() : throw ByteReader.Damaged("a name is no text"), values![next]);
            }

            objects[i] = DataValue.From(new DataObject(members));
        }

        return objects;
    }
}
