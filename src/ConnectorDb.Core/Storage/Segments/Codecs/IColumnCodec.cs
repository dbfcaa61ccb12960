using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// One way to write a column so that every bit comes back. A class that implements it is found by <see cref="ColumnCodecs"/>; it
/// keeps no state.
/// </summary>
internal interface IColumnCodec
{
    /// <summary>The name of the codec in a segment: short, lower case, never given to another format.</summary>
    string Name { get; }

    /// <summary>Codecs are tried in ascending rank; a later one must be smaller than the best so far.</summary>
    int Rank { get; }

    /// <summary>Writes the column; false, with anything written, when this codec is not for it or would need more than <paramref name="limit"/> bytes.</summary>
    bool TryWrite(ByteWriter writer, Column column, int limit);

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    Column Read(ref ByteReader reader, int count);

    /// <summary>Passes over a column; a codec overrides this where that needs no decoding.</summary>
    /// <inheritdoc cref="Read"/>
    void Skip(ref ByteReader reader, int count) => Read(ref reader, count);

    /// <summary><see cref="ReadMember"/> can decode one member of objects.</summary>
    bool HasMembers => false;

    /// <summary>One member of all objects of a column; null when it cannot be decoded alone. The rest of the bytes is not read.</summary>
    /// <inheritdoc cref="Read"/>
    Column? ReadMember(ref ByteReader reader, int count, string name) => null;

    /// <summary>The values at these places, ascending, of a column of <paramref name="count"/>.</summary>
    /// <inheritdoc cref="Read"/>
    Column ReadSome(ref ByteReader reader, int count, ReadOnlySpan<int> places)
    {
        Column all = Read(ref reader, count);
        ColumnBuilder some = new(places.Length);
        foreach (int place in places)
        {
            some.Add(all, place);
        }

        return some.Build();
    }
}
