using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>The size of values in bytes of memory, as if each was alone; a value that repeats the one before it counts once.</summary>
/// <remarks>
/// Objects of scripts share their parts: <c>{"a": $, "b": $}</c> copies nothing, but each stage doubles what a reader has to write. The size
/// is therefore that of the whole tree. A column that occurs in it many times is counted once and added many times. Counting stops when the
/// size is larger than <c>enough</c>, because the tree may be too large to count.
/// </remarks>
internal static class ColumnSize
{
    private const long Value = 16;
    private const long Object = 24;
    private const long Member = 24;

    /// <summary>The objects of a column of a member, which a reader may make anew for each part of a block.</summary>
    private const long Part = 128;

    /// <summary>From this depth on, the sizes of columns are remembered. Most objects are flatter, and need no memory for that.</summary>
    private const int RememberedDepth = 2;

    /// <param name="enough">Where to stop counting.</param>
    /// <exception cref="QueryLimitException">Values are nested too deeply.</exception>
    public static long Of(Column column, long enough)
    {
        Dictionary<(Column, int), long>? known = null;
        return column is LazyObjectColumn ? 0 : Of(column, enough, depth: 0, ref known);
    }

    /// <summary>The size of the largest value of a column.</summary>
    /// <inheritdoc cref="Of(Column, long)"/>
    public static long OfLargest(Column column, long enough)
    {
        long largest = 0;
        for (int i = 0; i < column.Count && largest <= enough; i++)
        {
            Dictionary<(Column, int), long>? known = null;
            largest = Math.Max(largest, OfOne(column, i, enough, depth: 0, ref known));
        }

        return largest;
    }

    /// <inheritdoc cref="Of(Column, long)"/>
    public static long Of(DataValue value, long enough = long.MaxValue) => Of(value, enough, depth: 0);

    /// <summary>The size of a text of a number of characters.</summary>
    public static long OfText(long length) => Object + (2 * length);

    /// <summary>The size of a value without its members or items.</summary>
    public static long OfFlat(DataValue value) => value.Kind switch
    {
        DataKind.Text => OfText(value.AsText().Length),
        DataKind.Array => Object + (Value * value.AsArray().Length),
        DataKind.Object => Object + (Member * value.AsObject().Count),
        _ => Value,
    };

    private static long Of(Column column, long enough, int depth, ref Dictionary<(Column, int), long>? known) => column switch
    {
        NumberColumn or IntegerColumn => 8L * column.Count,
        BooleanColumn => column.Count,
        SingleColumn => 4L * column.Count,
        TextColumn texts => OfTexts(texts.Values.Span),
        ConstantColumn constant => column.Count * Of(constant.Value, enough, depth),
        RecordColumn records => OfRecords(records, enough, depth, ref known),
        ValueColumn values => OfValues(values.Values.Span, enough, depth),
        LazyObjectColumn objects => Of(objects.ToPlain(), enough, depth, ref known),
        ISharedColumn shared => shared.Size,
        _ => Value * column.Count,
    };

    private static long OfOne(Column column, int index, long enough, int depth, ref Dictionary<(Column, int), long>? known) => column switch
    {
        RecordColumn records => OfOneRecord(records, index, enough, depth, ref known),
        ISharedColumn shared => shared.Size,
        _ => Of(column[index], enough, depth),
    };

    private static long OfOneRecord(RecordColumn records, int index, long enough, int depth, ref Dictionary<(Column, int), long>? known)
    {
        CheckDepth(depth);
        if (known?.TryGetValue((records, depth), out long size) == true)
        {
            return size;
        }

        size = Value;
        for (int i = 0; i < records.Fields.Count && size <= enough; i++)
        {
            size += Value + records.Names[i].Length + OfOne(records.Fields[i], index, enough - size, depth + 1, ref known);
        }

        Remember(records, size, enough, depth, ref known);
        return size;
    }

    private static long OfTexts(ReadOnlySpan<string> texts)
    {
        long size = 0;
        string? previous = null;
        foreach (string text in texts)
        {
            size += ReferenceEquals(text, previous) ? Value : OfText(text.Length);
            previous = text;
        }

        return size;
    }

    private static long OfRecords(RecordColumn records, long enough, int depth, ref Dictionary<(Column, int), long>? known)
    {
        CheckDepth(depth);
        if (known?.TryGetValue((records, depth), out long size) == true)
        {
            return size;
        }

        size = Value * records.Count;
        for (int i = 0; i < records.Fields.Count && size <= enough; i++)
        {
            size += Part + ((Value + records.Names[i].Length) * records.Count);
            size += Of(records.Fields[i], enough - size, depth + 1, ref known);
        }

        Remember(records, size, enough, depth, ref known);
        return size;
    }

    /// <summary>Remembers the size of a column at a depth, unless its counting stopped early.</summary>
    private static void Remember(RecordColumn records, long size, long enough, int depth, ref Dictionary<(Column, int), long>? known)
    {
        if (depth >= RememberedDepth && size <= enough)
        {
            (known ??= []).TryAdd((records, depth), size);
        }
    }

    private static long OfValues(ReadOnlySpan<DataValue> values, long enough, int depth)
    {
        long size = 0;
        DataValue previous = default;
        for (int i = 0; i < values.Length && size <= enough; i++)
        {
            size += IsSame(values[i], previous) ? Value : Of(values[i], enough - size, depth);
            previous = values[i];
        }

        return size;
    }

    private static bool IsSame(DataValue one, DataValue other) => one.Kind == other.Kind && one.Kind switch
    {
        DataKind.Text => ReferenceEquals(one.AsText(), other.AsText()),
        DataKind.Array => ReferenceEquals(one.AsArray(), other.AsArray()),
        DataKind.Object => ReferenceEquals(one.AsObject(), other.AsObject()),
        _ => true,
    };

    private static long Of(DataValue value, long enough, int depth)
    {
        long size = Value;
        switch (value.Kind)
        {
            case DataKind.Text:
                size += OfText(value.AsText().Length);
                break;
            case DataKind.Array:
                CheckDepth(depth);
                foreach (DataValue item in value.AsArray())
                {
                    size += size > enough ? 0 : Of(item, enough - size, depth + 1);
                }

                break;
            case DataKind.Object:
                CheckDepth(depth);
                size += Object;
                foreach ((string name, DataValue member) in value.AsObject().Members)
                {
                    size += size > enough ? 0 : name.Length + Member - Value + Of(member, enough - size, depth + 1);
                }

                break;
            default:
                break;
        }

        return size;
    }

    private static void CheckDepth(int depth)
    {
        if (depth >= DataValue.MaxDepth)
        {
            throw QueryBudget.NestedTooDeep();
        }
    }
}
