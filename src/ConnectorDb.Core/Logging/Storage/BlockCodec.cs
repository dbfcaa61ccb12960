using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>
/// The bytes of an entry: one byte for the kind of values, the times, the values. Times, numbers and integers take eight
/// bytes each (little endian), booleans one; everything else is one JSON array.
/// </summary>
internal static class BlockCodec
{
    private const byte Numbers = (byte)'n';
    private const byte Integers = (byte)'i';
    private const byte Booleans = (byte)'b';
    private const byte Json = (byte)'j';
    private const int Wide = sizeof(double);

    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DataValue.MaxDepth + 1,
        SkipValidation = true,
    };

    private static readonly JsonReaderOptions s_reading = new() { MaxDepth = DataValue.MaxDepth + 1 };

    /// <exception cref="ArgumentException">A number is NaN or infinite.</exception>
    public static byte[] Write(Block points)
    {
        ReadOnlySpan<byte> times = MemoryMarshal.AsBytes(points.Times.Span);
        return points.Values switch
        {
            NumberColumn numbers => [Numbers, .. times, .. MemoryMarshal.AsBytes(numbers.Values.Span)],
            IntegerColumn integers => [Integers, .. times, .. MemoryMarshal.AsBytes(integers.Values.Span)],
            BooleanColumn booleans => [Booleans, .. times, .. MemoryMarshal.AsBytes(booleans.Values.Span)],
            var values => [Json, .. times, .. WriteJson(values)],
        };
    }

    /// <summary>Adds what is in the entry, after its first <paramref name="skip"/> items.</summary>
    /// <exception cref="InvalidDataException">These are not the bytes of so many items.</exception>
    public static void Read(ReadOnlySpan<byte> content, int count, int skip, BlockBuilder into)
    {
        if (content.Length < 1 + (count * Wide))
        {
            throw new InvalidDataException("The entry is too short.");
        }

        byte kind = content[0];
        ReadOnlySpan<byte> times = content.Slice(1, count * Wide);
        ReadOnlySpan<byte> values = content[(1 + (count * Wide))..];
        if (kind == Json)
        {
            ReadJson(times, values, skip, into);
            return;
        }

        if (values.Length != count * (kind == Booleans ? 1 : Wide))
        {
            throw new InvalidDataException("The entry has another length than its items.");
        }

        for (int i = skip; i < count; i++)
        {
            double t = BinaryPrimitives.ReadDoubleLittleEndian(times[(i * Wide)..]);
            switch (kind)
            {
                case Numbers:
                    into.Add(t, BinaryPrimitives.ReadDoubleLittleEndian(values[(i * Wide)..]));
                    break;
                case Integers:
                    into.Add(t, DataValue.From(BinaryPrimitives.ReadInt64LittleEndian(values[(i * Wide)..])));
                    break;
                case Booleans:
                    into.Add(t, DataValue.From(values[i] != 0));
                    break;
                default:
                    throw new InvalidDataException("The entry holds values of an unknown kind.");
            }
        }
    }

    /// <summary>What tells a damaged entry, or one in a wrong place.</summary>
    public static long Checksum(long channel, long start, int count, ReadOnlySpan<byte> content)
    {
        Span<byte> place = stackalloc byte[3 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(place, channel);
        BinaryPrimitives.WriteInt64LittleEndian(place[sizeof(long)..], start);
        BinaryPrimitives.WriteInt64LittleEndian(place[(2 * sizeof(long))..], count);
        Crc32C crc = new();
        crc.Add(place);
        crc.Add(content);
        return crc.Value;
    }

    private static ReadOnlySpan<byte> WriteJson(Column values)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_writing))
        {
            writer.WriteStartArray();
            for (int i = 0; i < values.Count; i++)
            {
                values[i].WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan;
    }

    private static void ReadJson(ReadOnlySpan<byte> times, ReadOnlySpan<byte> values, int skip, BlockBuilder into)
    {
        Utf8JsonReader reader = new(values, s_reading);
        reader.Read();
        for (int i = 0; i < times.Length / Wide && reader.Read(); i++)
        {
            DataValue value = DataValue.Read(ref reader);
            if (i >= skip)
            {
                into.Add(BinaryPrimitives.ReadDoubleLittleEndian(times[(i * Wide)..]), value);
            }
        }
    }
}
