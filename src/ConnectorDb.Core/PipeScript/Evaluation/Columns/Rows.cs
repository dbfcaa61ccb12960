using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Selects, concatenates and merges the rows of blocks.</summary>
internal static class Rows
{
    /// <summary>The datapoints with a set flag; there are as many flags as datapoints.</summary>
    public static Block Keep(Block block, ReadOnlySpan<bool> flags)
    {
        int kept = flags.AsBytes().Count((byte)1);
        if (kept == flags.Length)
        {
            return block.Slice(0, kept);
        }

        if (kept == 0)
        {
            return Block.Empty;
        }

        if (Compaction.IsFast && block is { Values: NumberColumn numbers, Origins: null })
        {
            return new(Compaction.Keep(block.Times.Span[..flags.Length], flags, kept), new NumberColumn(Compaction.Keep(numbers.Values.Span[..flags.Length], flags, kept)));
        }

        return Gather(block, Indices(flags, kept));
    }

    /// <summary>The indices of the set flags.</summary>
    /// <param name="count">The number of set flags.</param>
    public static ReadOnlySpan<int> Indices(ReadOnlySpan<bool> flags, int count)
    {
        // Without a branch: each place is written, and stays when its flag moves the end on.
        int[] indices = Buffers.Make<int>(count + 1);
        ref int end = ref MemoryMarshal.GetArrayDataReference(indices);
        ReadOnlySpan<byte> steps = flags.AsBytes();
        for (int i = 0; i < steps.Length; i++)
        {
            end = i;
            end = ref Unsafe.Add(ref end, steps[i]);
        }

        return indices.AsSpan(0, count);
    }

    /// <summary>The datapoints at these indices, in this order.</summary>
    public static Block Gather(Block block, ReadOnlySpan<int> indices)
    {
        string?[]? origins = block.Origins is { } given ? Pick(given.Span, indices) : null;
        return new Block(Pick(block.Times.Span, indices), Gather(block.Values, indices), origins);
    }

    /// <inheritdoc cref="Gather(Block, ReadOnlySpan{int})"/>
    public static Column Gather(Column column, ReadOnlySpan<int> indices) => column switch
    {
        NumberColumn numbers => new NumberColumn(Pick(numbers.Values.Span, indices)),
        IntegerColumn integers => new IntegerColumn(Pick(integers.Values.Span, indices)),
        BooleanColumn booleans => new BooleanColumn(Pick(booleans.Values.Span, indices)),
        TextColumn texts => new TextColumn(Pick(texts.Values.Span, indices)),
        ConstantColumn constant => new ConstantColumn(constant.Value, indices.Length),
        RecordColumn record => Gather(record, indices),
        SingleColumn singles => new SingleColumn(Pick(singles.Values.Span, indices)),
        ValueColumn values => new ValueColumn(Pick(values.Values.Span, indices)),
        _ => Gathered(column, indices),
    };

    /// <summary>The datapoints of one block after those of the other.</summary>
    public static Block Concat(Block first, Block second)
    {
        if (first.Count == 0 || second.Count == 0)
        {
            return first.Count == 0 ? second : first;
        }

        string?[]? origins = first.Origins is null && second.Origins is null ? null : Joined<string?>(OriginsOf(first), OriginsOf(second));
        return new Block(Joined(first.Times.Span, second.Times.Span), Concat(first.Values, second.Values), origins);
    }

    /// <summary>The datapoints of two blocks, each from the first one where its flag is set.</summary>
    public static Block Merge(ReadOnlySpan<bool> fromFirst, Block first, Block second)
    {
        int[] indices = Buffers.Make<int>(fromFirst.Length);
        int a = 0;
        int b = first.Count;
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = fromFirst[i] ? a++ : b++;
        }

        return Gather(Concat(first, second), indices);
    }

    /// <summary>The datapoints of all blocks, one block after the other.</summary>
    public static Block Concat(List<Block> blocks)
    {
        if (blocks.Count < 3)
        {
            return blocks.Count == 0 ? Block.Empty : Concat(blocks[0], blocks.Count > 1 ? blocks[1] : Block.Empty);
        }

        BlockBuilder all = new(blocks.Sum(block => block.Count));
        foreach (Block block in blocks)
        {
            all.Add(block, 0, block.Count);
        }

        return all.Build();
    }

    /// <summary>The times and origins of the datapoints, for nodes that ignore values.</summary>
    public static Block WithoutData(Block block) => block.With(new ConstantColumn(DataValue.Null, block.Count));

    private static ReadOnlySpan<string?> OriginsOf(Block block) => block.Origins is { } origins ? origins.Span : new string?[block.Count];

    private static Column Concat(Column first, Column second) => (first, second) switch
    {
        (NumberColumn a, NumberColumn b) => new NumberColumn(Joined(a.Values.Span, b.Values.Span)),
        (IntegerColumn a, IntegerColumn b) => new IntegerColumn(Joined(a.Values.Span, b.Values.Span)),
        (BooleanColumn a, BooleanColumn b) => new BooleanColumn(Joined(a.Values.Span, b.Values.Span)),
        (TextColumn a, TextColumn b) => new TextColumn(Joined(a.Values.Span, b.Values.Span)),
        (ConstantColumn a, ConstantColumn b) when a.Value == b.Value && a.Value.Kind == b.Value.Kind && !a.Value.IsNumber
            => new ConstantColumn(a.Value, a.Count + b.Count),
        (RecordColumn a, RecordColumn b) when a.Names.SequenceEqual(b.Names)
            => new RecordColumn(a.Names, a.Fields.Zip(b.Fields, Concat).ToArray(), a.Count + b.Count),
        (ConstantColumn a, _) => Concat(a.ToPlain(), second),
        (_, ConstantColumn b) => Concat(first, b.ToPlain()),
        _ => Widened(first, second),
    };

    private static RecordColumn Gather(RecordColumn record, ReadOnlySpan<int> indices)
    {
        Column[] fields = new Column[record.Fields.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = Gather(record.Fields[i], indices);
        }

        return new RecordColumn(record.Names, fields, indices.Length);
    }

    private static ValueColumn Gathered(Column column, ReadOnlySpan<int> indices)
    {
        DataValue[] values = new DataValue[indices.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = column[indices[i]];
        }

        return new ValueColumn(values);
    }

    private static ValueColumn Widened(Column first, Column second)
    {
        DataValue[] values = new DataValue[first.Count + second.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i < first.Count ? first[i] : second[i - first.Count];
        }

        return new ValueColumn(values);
    }

    private static T[] Pick<T>(ReadOnlySpan<T> items, ReadOnlySpan<int> indices)
    {
        T[] picked = GC.AllocateUninitializedArray<T>(indices.Length);
        for (int i = 0; i < picked.Length; i++)
        {
            picked[i] = items[indices[i]];
        }

        return picked;
    }

    private static T[] Joined<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
    {
        T[] joined = GC.AllocateUninitializedArray<T>(first.Length + second.Length);
        first.CopyTo(joined);
        second.CopyTo(joined.AsSpan(first.Length));
        return joined;
    }
}
