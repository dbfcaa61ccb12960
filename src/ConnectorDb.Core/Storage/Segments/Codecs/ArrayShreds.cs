using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Shreds arrays into their lengths and, if there are any items, one column of all items.</summary>
internal static class ArrayShreds
{
    public static void Write(ByteWriter writer, List<DataValue> arrays)
    {
        using RentedArray<long> lengths = new(arrays.Count);
        List<DataValue> items = [];
        for (int i = 0; i < arrays.Count; i++)
        {
            DataValue[] array = arrays[i].AsArray();
            lengths.Span[i] = array.Length;
            items.AddRange(array);
        }

        IntegerSequence.Write(writer, lengths.Span);
        if (items.Count > 0)
        {
            ColumnCodecs.WriteNested(writer, ShreddedCodec.Narrow(items));
        }
    }

    public static DataValue[] Read(ref ByteReader reader, int count)
    {
        using RentedArray<long> lengths = new(count);
        int total = ShredLengths.Read(ref reader, lengths.Span);
        Column? items = total > 0 ? ColumnCodecs.ReadNested(ref reader, total) : null;
        DataValue[] arrays = new DataValue[count];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            DataValue[] array = new DataValue[lengths.Span[i]];
            for (int at = 0; at < array.Length; at++, next++)
            {
                array[at] = items![next];
            }

            arrays[i] = DataValue.From(array);
        }

        return arrays;
    }
}
