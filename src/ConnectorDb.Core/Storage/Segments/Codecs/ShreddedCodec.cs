using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Encodes any values by record shredding: the kind of each value, then for each kind a column of its values, in the order of
/// <see cref="Shred"/>.
/// </summary>
internal sealed class ShreddedCodec : IColumnCodec
{
    private enum Shred
    {
        Null,
        Boolean,
        Integer,
        Number,
        Text,
        NumberText,
        Array,
        Object,
    }

    public string Name => "shredded";

    public int Rank => 0;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not ValueColumn { Values.Span: var values }
            || writer.Depth >= ByteReader.Deepest - 1
            || !ValueCount.IsReadable(column))
        {
            return false;
        }

        using RentedArray<long> kinds = new(values.Length);
        List<DataValue>?[] shreds = new List<DataValue>?[(int)Shred.Object + 1];
        for (int i = 0; i < values.Length; i++)
        {
            Shred kind = KindOf(values[i]);
            kinds.Span[i] = (long)kind;
            (shreds[(int)kind] ??= []).Add(values[i]);
        }

        IntegerSequence.Write(writer, kinds.Span);
        for (Shred kind = Shred.Boolean; kind <= Shred.Object; kind++)
        {
            if (shreds[(int)kind] is { } shred)
            {
                Write(writer, kind, shred);
            }
        }

        return true;
    }

    public Column Read(ref ByteReader reader, int count)
    {
        using RentedArray<long> kinds = new(count);
        IntegerSequence.Read(ref reader, kinds.Span);
        Span<int> counts = stackalloc int[(int)Shred.Object + 1];
        counts.Clear();
        foreach (long kind in kinds.Span)
        {
            counts[(int)((ulong)kind <= (ulong)Shred.Object ? kind : throw ByteReader.Unknown($"kind {kind} of value"))]++;
        }

        Column[] shreds = new Column[counts.Length];
        for (Shred kind = Shred.Boolean; kind <= Shred.Object; kind++)
        {
            shreds[(int)kind] = counts[(int)kind] == 0 ? Block.Empty.Values : Read(ref reader, kind, counts[(int)kind]);
        }

        counts.Clear();
        DataValue[] values = new DataValue[count];
        for (int i = 0; i < count; i++)
        {
            int kind = (int)kinds.Span[i];
            values[i] = kind == (int)Shred.Null ? DataValue.Null : shreds[kind][counts[kind]++];
        }

        return new ValueColumn(values);
    }

    public bool HasMembers => true;

    public Column? ReadMember(ref ByteReader reader, SelectionVector selection, string name)
    {
        using RentedArray<long> kinds = new(selection.RowCount);
        IntegerSequence.Read(ref reader, kinds.Span);
        return kinds.Span.IndexOfAnyExcept((long)Shred.Object) < 0 ? ObjectShreds.ReadMember(ref reader, selection, name) : null;
    }

    private static Shred KindOf(DataValue value) => value.Kind switch
    {
        DataKind.Null => Shred.Null,
        DataKind.Boolean => Shred.Boolean,
        DataKind.Integer => Shred.Integer,
        DataKind.Number => value.IsNumberText ? Shred.NumberText : Shred.Number,
        DataKind.Text => Shred.Text,
        DataKind.Array => Shred.Array,
        _ => Shred.Object,
    };

    private static void Write(ByteWriter writer, Shred kind, List<DataValue> values)
    {
        switch (kind)
        {
            case Shred.Array:
                ArrayShreds.Write(writer, values);
                break;
            case Shred.Object:
                ObjectShreds.Write(writer, values);
                break;
            case Shred.NumberText:
                ColumnCodecs.WriteNested(writer, new TextColumn(values.Select(value => value.ToJson()).ToArray()));
                break;
            default:
                ColumnCodecs.WriteNested(writer, Narrow(values));
                break;
        }
    }

    private static Column Read(ref ByteReader reader, Shred kind, int count) => kind switch
    {
        Shred.Array => new ValueColumn(ArrayShreds.Read(ref reader, count)),
        Shred.Object => new ValueColumn(ObjectShreds.Read(ref reader, count)),
        Shred.NumberText => ParseNumbers(ColumnCodecs.ReadNested(ref reader, count)),
        _ => ColumnCodecs.ReadNested(ref reader, count),
    };

    /// <summary>The narrowest column for the values.</summary>
    public static Column Narrow(IReadOnlyList<DataValue> values)
    {
        ColumnBuilder column = new(values.Count);
        foreach (DataValue value in values)
        {
            column.Add(value);
        }

        return column.Build();
    }

    private static ValueColumn ParseNumbers(Column texts)
    {
        DataValue[] numbers = new DataValue[texts.Count];
        try
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = DataValue.Parse(texts[i].Kind == DataKind.Text ? texts[i].AsText() : "");
            }
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(error.Message, error);
        }

        return new ValueColumn(numbers);
    }
}
