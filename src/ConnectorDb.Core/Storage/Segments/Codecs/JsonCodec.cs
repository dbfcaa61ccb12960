using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>
/// Encodes any values as lines of JSON text (RFC 8259). A number with a point or an exponent is a double, any other an integer.
/// </summary>
internal sealed class JsonCodec : IColumnCodec
{
    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DataValue.MaxDepth,
        SkipValidation = true,
    };

    /// <summary>How many values are tried before all are written. Alone, they take up to <see cref="SampleLoss"/> times the room.</summary>
    private const int SampleCount = 128;

    private const int SampleLoss = 4;

    public string Name => "json";

    public int Rank => 1;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not (ValueColumn or RecordColumn) || !MayBeSmaller(column, limit))
        {
            return false;
        }

        using ByteWriter text = new();
        if (!TryWriteText(text, column))
        {
            return false;
        }

        writer.Varint((ulong)text.Length);
        ByteBlock.Write(writer, text.Written);
        return true;
    }

    /// <summary>
    /// False when a sample shows that another codec needs far less: to write and compress the text of thousands of objects takes longer
    /// than all else that is done to store them.
    /// </summary>
    private static bool MayBeSmaller(Column values, int limit)
    {
        if (values.Count < SampleCount * SampleLoss || limit == int.MaxValue)
        {
            return true;
        }

        using ByteWriter text = new();
        using ByteWriter sample = new();
        if (!TryWriteText(text, values.Slice(0, SampleCount)))
        {
            return false;
        }

        ByteBlock.Write(sample, text.Written);
        return (long)sample.Length * values.Count / SampleCount < (long)limit * SampleLoss;
    }

    private static bool TryWriteText(ByteWriter text, Column values)
    {
        using Utf8JsonWriter json = new(text, s_writing);
        for (int i = 0; i < values.Count; i++)
        {
            DataValue value = values[i];
            if (!HasJson(value, DataValue.MaxDepth))
            {
                return false;
            }

            value.WriteTo(json);
            json.Flush();
            json.Reset();
            text.Byte((byte)'\n');
        }

        return true;
    }

    public Column Read(ref ByteReader reader, int count)
    {
        ReadOnlySpan<byte> text = ByteBlock.Read(ref reader, reader.Count(Array.MaxLength));
        DataValue[] values = new DataValue[count];
        try
        {
            for (int i = 0; i < count; i++)
            {
                int end = text.IndexOf((byte)'\n');
                values[i] = end >= 0 ? DataValue.Parse(text[..end]) : throw ByteReader.Damaged($"there are {i} values where {count} should be");
                text = text[(end + 1)..];
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException(error.Message, error);
        }

        return new ValueColumn(values);
    }

    /// <summary>JSON text can hold the value so that <see cref="DataValue.Parse(string)"/> reads the same value.</summary>
    private static bool HasJson(DataValue value, int depth)
    {
        switch (value.Kind)
        {
            case DataKind.Number:
                return value.IsNumberText || double.IsFinite(value.AsDouble());
            case DataKind.Text:
                return IsWhole(value.AsText());
            case DataKind.Array:
                return depth > 0 && value.AsArray().All(item => HasJson(item, depth - 1));
            case DataKind.Object:
                return depth > 0 && value.AsObject().All(member => IsWhole(member.Key) && HasJson(member.Value, depth - 1));
            default:
                return true;
        }
    }

    /// <summary>The text has no unpaired surrogate.</summary>
    private static bool IsWhole(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }
}
