using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Shreds objects by shape, the names of the members in their order: the number of shapes, for each the number of names and the
/// names, then the shape of each object, and for each shape a column per name. Objects with too many shapes are <see
/// cref="MemberShreds"/> after 0 as the number of shapes.
/// </summary>
internal static class ObjectShreds
{
    private const int MostShapes = 64;
    private const int MostNames = 1024;

    public static void Write(ByteWriter writer, List<DataValue> objects)
    {
        Dictionary<DataObject, int> shapes = new(new ShapeComparer());
        List<List<DataObject>> byShape = [];
        using RentedArray<long> indices = new(objects.Count);
        for (int i = 0; i < objects.Count; i++)
        {
            DataObject value = objects[i].AsObject();
            if (!shapes.TryGetValue(value, out int shape))
            {
                shape = shapes.Count;
                shapes.Add(value, shape);
                byShape.Add([]);
            }

            indices.Span[i] = shape;
            byShape[shape].Add(value);
            if (shapes.Count > MostShapes || value.Count > MostNames)
            {
                writer.Varint(0);
                MemberShreds.Write(writer, objects);
                return;
            }
        }

        writer.Varint((ulong)shapes.Count);
        foreach (DataObject shape in shapes.Keys)
        {
            WriteNames(writer, shape);
        }

        IntegerSequence.Write(writer, indices.Span);
        foreach (List<DataObject> group in byShape)
        {
            for (int member = 0; member < group[0].Count; member++)
            {
                ColumnCodecs.WriteNested(writer, ShreddedCodec.Narrow(group.ConvertAll(value => value.Members[member].Value)));
            }
        }
    }

    public static DataValue[] Read(ref ByteReader reader, int count)
    {
        string[][] shapes = new string[reader.Count(Math.Min(count, MostShapes))][];
        if (shapes.Length == 0)
        {
            return MemberShreds.Read(ref reader, count);
        }

        for (int shape = 0; shape < shapes.Length; shape++)
        {
            shapes[shape] = ReadNames(ref reader);
        }

        using RentedArray<long> indices = new(count);
        IntegerSequence.Read(ref reader, indices.Span);
        Span<int> rows = stackalloc int[MostShapes];
        rows.Clear();
        foreach (long index in indices.Span)
        {
            rows[(int)((ulong)index < (ulong)shapes.Length ? index : throw ByteReader.Damaged($"there is no shape {index} of {shapes.Length}"))]++;
        }

        Column[][] columns = new Column[shapes.Length][];
        for (int shape = 0; shape < shapes.Length; shape++)
        {
            columns[shape] = new Column[shapes[shape].Length];
            for (int member = 0; member < columns[shape].Length; member++)
            {
                columns[shape][member] = ColumnCodecs.ReadNested(ref reader, rows[shape]);
            }
        }

        rows.Clear();
        DataValue[] objects = new DataValue[count];
        for (int i = 0; i < count; i++)
        {
            int shape = (int)indices.Span[i];
            objects[i] = Assemble(shapes[shape], columns[shape], rows[shape]++);
        }

        return objects;
    }

    /// <summary>One member of the selected objects, if all are of one shape that has the member once; otherwise null.</summary>
    public static Column? ReadMember(ref ByteReader reader, SelectionVector selection, string name)
    {
        if (reader.Count(Math.Min(selection.RowCount, MostShapes)) != 1)
        {
            return null;
        }

        string[] names = ReadNames(ref reader);
        IntegerSequence.Skip(ref reader, selection.RowCount);
        return ColumnCodecs.ReadNestedMember(ref reader, names, name, selection);
    }

    private static DataValue Assemble(string[] names, Column[] columns, int row)
    {
        KeyValuePair<string, DataValue>[] members = new KeyValuePair<string, DataValue>[names.Length];
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = new(names[i], columns[i][row]);
        }

        return DataValue.From(new DataObject(members));
    }

    private static void WriteNames(ByteWriter writer, DataObject shape)
    {
        writer.Varint((ulong)shape.Count);
        if (shape.Count > 0)
        {
            TextBytes.Write(writer, shape.Select(member => member.Key).ToArray());
        }
    }

    private static string[] ReadNames(ref ByteReader reader)
    {
        int count = reader.Count(MostNames);
        reader.Claim(count);
        return count > 0 ? TextBytes.Read(ref reader, count) : [];
    }
}
