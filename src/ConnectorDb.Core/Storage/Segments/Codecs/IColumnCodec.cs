using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>A lossless encoding of a column. <see cref="ColumnCodecs"/> finds the classes that implement it; they have no state.</summary>
internal interface IColumnCodec
{
    /// <summary>The name of the codec in a segment: short, lower case, never given to another format.</summary>
    string Name { get; }

    /// <summary>Codecs are tried in ascending rank; a later one must be smaller than the best so far.</summary>
    int Rank { get; }

    /// <summary>
    /// Writes the column. False when the codec does not fit the column or would need more than <paramref name="limit"/> bytes;
    /// anything may have been written then.
    /// </summary>
    bool TryWrite(ByteWriter writer, Column column, int limit);

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    Column Read(ref ByteReader reader, int count);

    /// <summary>Passes over a column; a codec overrides this where that needs no decoding.</summary>
    /// <inheritdoc cref="Read"/>
    void Skip(ref ByteReader reader, int count) => Read(ref reader, count);

    /// <summary><see cref="ReadMember"/> can decode one member of objects.</summary>
    bool HasMembers => false;

    /// <summary>One member of the selected objects of a column; null when it cannot be decoded alone. The rest of the bytes is not read.</summary>
    /// <inheritdoc cref="Read"/>
    Column? ReadMember(ref ByteReader reader, SelectionVector selection, string name) => null;

    /// <summary>The values at these positions, in ascending order, of a column of <paramref name="count"/> values.</summary>
    /// <inheritdoc cref="Read"/>
    Column ReadSome(ref ByteReader reader, int count, ReadOnlySpan<int> positions)
    {
        Column all = Read(ref reader, count);
        ColumnBuilder some = new(positions.Length);
        foreach (int position in positions)
        {
            some.Add(all, position);
        }

        return some.Build();
    }
}
