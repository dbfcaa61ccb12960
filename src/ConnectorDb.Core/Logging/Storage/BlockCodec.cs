using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>
/// Encodes a block of entries: one byte for the type of the values, the times, the values. Times, numbers and integers take eight
/// bytes each (little endian), booleans one; all other values are one JSON array.
/// </summary>
internal static class BlockCodec
{
    private const byte Numbers = (byte)'n';
    private const byte Integers = (byte)'i';
    private const byte Booleans = (byte)'b';
    private const byte Json = (byte)'j';
    private const int Wide = sizeof(double);

    /// <summary>The distance of times that would be equal, in seconds: they also differ when a destination rounds to microseconds.</summary>
    private const double Step = 2e-6;

    /// <summary>The maximum lead over the clock that the steps add up to, in seconds. Beyond it, times are equal.</summary>
    private const double MaxLead = 1;

    /// <summary>The maximum lead of the newest entry over the clock at which later entries are moved behind it, in seconds.</summary>
    private const double ClockTolerance = 10;

    private static readonly JsonWriterOptions s_writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DataValue.MaxDepth + 1,
        SkipValidation = true,
    };

    private static readonly JsonReaderOptions s_reading = new() { MaxDepth = DataValue.MaxDepth + 1 };

    /// <exception cref="ArgumentException">A number is NaN or infinite.</exception>
    public static byte[] Encode(Block points)
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

    /// <summary>Decodes the entries after the first <paramref name="skip"/>.</summary>
    /// <exception cref="InvalidDataException">The content is not a block of <paramref name="count"/> entries.</exception>
    public static void Decode(ReadOnlySpan<byte> content, int count, int skip, BlockBuilder into)
    {
        if (content.Length < 1 + (count * Wide))
        {
            throw new InvalidDataException("The block is too short.");
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
            throw new InvalidDataException("The length of the block does not match its number of entries.");
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
                    throw new InvalidDataException("The block has an unknown type of values.");
            }
        }
    }

    /// <summary>
    /// A copy of the content with a time for each entry without one. Such times, and arrival times, are raised to just after the newest, so that
    /// entries that arrive together differ in time: InfluxDB keeps one of several points of the same time.
    /// </summary>
    /// <param name="now">Unix seconds.</param>
    /// <param name="newest">The newest time of the channel, in unix seconds; becomes that of the block.</param>
    public static byte[] AssignTimes(byte[] content, int count, bool hasArrivalTimes, double now, ref double newest)
    {
        byte[] assigned = [.. content];
        Span<double> times = new double[count];
        Span<byte> encoded = assigned.AsSpan(1, count * Wide);
        encoded.CopyTo(MemoryMarshal.AsBytes(times));

        // A time far ahead was given explicitly, or the clock was set back: raising all later times would falsify them.
        double last = newest - now <= ClockTolerance ? newest : double.NegativeInfinity;
        double step = last - now <= MaxLead ? Step : 0;
        foreach (ref double t in times)
        {
            if (double.IsNaN(t) || hasArrivalTimes)
            {
                t = Math.Max(double.IsNaN(t) ? now : t, last + step);
            }

            last = Math.Max(t, last);
            newest = Math.Max(newest, t);
        }

        MemoryMarshal.AsBytes(times).CopyTo(encoded);
        return assigned;
    }

    // The position is part of the checksum, so an intact block in the wrong row counts as damaged too.
    /// <summary>The CRC-32C of a block and its position.</summary>
    public static long Checksum(long channel, long start, int count, ReadOnlySpan<byte> content)
    {
        Span<byte> position = stackalloc byte[3 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(position, channel);
        BinaryPrimitives.WriteInt64LittleEndian(position[sizeof(long)..], start);
        BinaryPrimitives.WriteInt64LittleEndian(position[(2 * sizeof(long))..], count);
        Crc32C crc = new();
        crc.Add(position);
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
