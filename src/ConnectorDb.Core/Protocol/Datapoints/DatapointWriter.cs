using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>Writes datapoints <c>{"t", "d", "o"}</c>, for merges with <c>"stream"</c>, directly from columns, with numbers that round-trip.</summary>
public static class DatapointWriter
{
    private static readonly JsonEncodedText s_t = JsonEncodedText.Encode("t");
    private static readonly JsonEncodedText s_d = JsonEncodedText.Encode("d");
    private static readonly JsonEncodedText s_o = JsonEncodedText.Encode("o");
    private static readonly JsonEncodedText s_stream = JsonEncodedText.Encode("stream");

    /// <summary>The options of all JSON writers of this protocol.</summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DataValue.MaxDepth + 8,
        SkipValidation = true,
    };

    /// <summary>Writes the datapoints of a block without brackets. A datapoint without time (NaN) gets no <c>t</c>.</summary>
    /// <exception cref="ArgumentException">A number is infinite or NaN, which JSON cannot express.</exception>
    public static void Write(Utf8JsonWriter writer, Block block)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(block);
        ReadOnlySpan<double> times = block.Times.Span;
        if (block is { Values: NumberColumn numbers, Origins: null, Streams: null })
        {
            WriteNumbers(writer, times, numbers.Values.Span);
            return;
        }

        ReadOnlySpan<string?> origins = block.Origins is { } given ? given.Span : default;
        ReadOnlySpan<int> places = block.Streams is { } named ? named.Indices.Span : default;
        JsonEncodedText[] streams = block.Streams?.Streams.Select(stream => JsonEncodedText.Encode(stream.ToString())).ToArray() ?? [];
        for (int i = 0; i < times.Length; i++)
        {
            writer.WriteStartObject();
            if (!double.IsNaN(times[i]))
            {
                writer.WriteNumber(s_t, times[i]);
            }

            writer.WritePropertyName(s_d);
            WriteValue(writer, block.Values, i);
            if (!origins.IsEmpty && origins[i] is { } origin)
            {
                writer.WriteString(s_o, origin);
            }

            if (!places.IsEmpty && places[i] != StreamColumn.Unknown)
            {
                writer.WriteString(s_stream, streams[places[i]]);
            }

            writer.WriteEndObject();
        }
    }

    /// <summary>Writes blocks as one array.</summary>
    public static void WriteArray(Utf8JsonWriter writer, params ReadOnlySpan<Block> blocks)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (Block block in blocks)
        {
            Write(writer, block);
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// Writes an error in place of the next datapoint. The array stays open, so that readers that do not know this element cannot
    /// take the incomplete result for the whole.
    /// </summary>
    public static void WriteFailure(Utf8JsonWriter writer, Failure failure)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(failure);
        writer.WriteStartObject();
        writer.WritePropertyName("error");
        failure.WriteTo(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes numbers with times only, the most common case, many in one piece.</summary>
    private static void WriteNumbers(Utf8JsonWriter writer, ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        const int AtOnce = 32;
        Span<byte> text = stackalloc byte[AtOnce * (16 + (2 * DoubleText.MostBytes))];
        for (int i = 0; i < times.Length;)
        {
            int at = 0;
            for (int end = Math.Min(i + AtOnce, times.Length); i < end; i++)
            {
                Put(at == 0 ? "{"u8 : ",{"u8, text, ref at);
                if (double.IsInfinity(times[i]))
                {
                    throw new ArgumentException("JSON cannot express an infinite time.");
                }

                if (!double.IsNaN(times[i]))
                {
                    Put("\"t\":"u8, text, ref at);
                    at += DoubleText.Format(times[i], text[at..]);
                    Put(","u8, text, ref at);
                }

                Put("\"d\":"u8, text, ref at);
                at += DataValue.Format(values[i], text[at..]);
                Put("}"u8, text, ref at);
            }

            writer.WriteRawValue(text[..at], skipInputValidation: true);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(ReadOnlySpan<byte> piece, Span<byte> text, ref int at)
    {
        piece.CopyTo(text[at..]);
        at += piece.Length;
    }

    private static void WriteValue(Utf8JsonWriter writer, Column column, int index)
    {
        switch (column)
        {
            case IntegerColumn integers:
                writer.WriteNumberValue(integers.Values.Span[index]);
                break;
            case TextColumn texts:
                writer.WriteStringValue(texts.Values.Span[index]);
                break;
            case RecordColumn records:
                writer.WriteStartObject();
                for (int i = 0; i < records.Names.Count; i++)
                {
                    writer.WritePropertyName(records.Names[i]);
                    WriteValue(writer, records.Fields[i], index);
                }

                writer.WriteEndObject();
                break;
            default:
                column[index].WriteTo(writer);
                break;
        }
    }
}
