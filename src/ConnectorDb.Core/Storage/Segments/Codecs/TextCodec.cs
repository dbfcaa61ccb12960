using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Encodes texts one after the other.</summary>
internal sealed class TextCodec : IColumnCodec
{
    public string Name => "text";

    public int Rank => 1;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not TextColumn texts)
        {
            return false;
        }

        TextBytes.Write(writer, texts.Values.Span);
        return true;
    }

    public Column Read(ref ByteReader reader, int count) => new TextColumn(TextBytes.Read(ref reader, count));

    public void Skip(ref ByteReader reader, int count) => TextBytes.Skip(ref reader, count);
}
