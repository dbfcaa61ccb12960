using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>Writes results in MessagePack, in the form that InfluxDB 1 gives them.</summary>
/// <param name="output">The destination.</param>
/// <param name="epoch">The parameter <c>epoch</c> of the request. Without it, times are the extension type of InfluxDB.</param>
public sealed class ResultMessagePack(IBufferWriter<byte> output, string epoch)
{
    /// <summary>A time: seconds as 8 bytes and nanoseconds as 4, big-endian.</summary>
    private const sbyte TimeType = 5;
    private const int TimeLength = 12;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly ResultTime _time = ResultTime.Of(epoch);

    /// <summary>A document that has nothing but an error.</summary>
    public static byte[] OfError(string message)
    {
        ArrayBufferWriter<byte> document = new();
        MessagePackWriter writer = new(document);
        writer.WriteMapHeader(1);
        writer.Write("error");
        writer.Write(message);
        writer.Flush();
        return document.WrittenSpan.ToArray();
    }

    /// <summary>The start of a document, before its results.</summary>
    public void Begin(int results)
    {
        MessagePackWriter writer = new(output);
        writer.WriteMapHeader(results == 0 ? 0 : 1);
        if (results > 0)
        {
            writer.Write("results");
            writer.WriteArrayHeader(results);
        }

        writer.Flush();
    }

    /// <param name="number">The number of the statement.</param>
    /// <param name="parts">Its series, as far as they are in this document.</param>
    /// <param name="error">The reason when the statement failed.</param>
    /// <param name="isPartial">More of the statement follows in the next document.</param>
    public void Write(int number, IReadOnlyList<SeriesPart> parts, string? error, bool isPartial)
    {
        ArgumentNullException.ThrowIfNull(parts);
        MessagePackWriter writer = new(output);
        writer.WriteMapHeader(1 + (error is null ? 0 : 1) + (parts.Count == 0 ? 0 : 1) + (isPartial ? 1 : 0));
        writer.Write("statement_id");
        Integer(ref writer, number);
        if (error is not null)
        {
            writer.Write("error");
            writer.Write(error);
        }

        if (parts.Count > 0)
        {
            writer.Write("series");
            writer.WriteArrayHeader(parts.Count);
            foreach (SeriesPart part in parts)
            {
                Series(ref writer, part);
            }
        }

        Partial(ref writer, isPartial);
        writer.Flush();
    }

    private void Series(ref MessagePackWriter writer, SeriesPart part)
    {
        InfluxSeriesResult series = part.Series;
        writer.WriteMapHeader(1 + (part.Rows.Count > 0 ? 1 : 0) + (series.Name is null ? 0 : 1) + (series.Tags is null ? 0 : 1) + (part.IsPartial ? 1 : 0));
        if (series.Name is { } name)
        {
            writer.Write("name");
            writer.Write(name);
        }

        if (series.Tags is { } tags)
        {
            writer.Write("tags");
            writer.WriteMapHeader(tags.Count);
            foreach ((string tag, string value) in tags)
            {
                writer.Write(tag);
                writer.Write(value);
            }
        }

        writer.Write("columns");
        writer.WriteArrayHeader(series.Columns.Count);
        foreach (string column in series.Columns)
        {
            writer.Write(column);
        }

        if (part.Rows.Count > 0)
        {
            writer.Write("values");
            writer.WriteArrayHeader(part.Rows.Count);
        }

        foreach (DataValue[] row in part.Rows)
        {
            writer.WriteArrayHeader(row.Length);
            for (int i = 0; i < row.Length; i++)
            {
                if (i == 0 && series.HasTimes)
                {
                    Time(ref writer, row[0].AsInteger());
                }
                else
                {
                    Value(ref writer, row[i]);
                }
            }
        }

        Partial(ref writer, part.IsPartial);
    }

    private void Time(ref MessagePackWriter writer, long nanoseconds)
    {
        if (_time.Unit > 0)
        {
            Integer(ref writer, nanoseconds / _time.Unit);
            return;
        }

        (long seconds, long rest) = Math.DivRem(nanoseconds, NanosecondsPerSecond);
        (seconds, rest) = rest < 0 ? (seconds - 1, rest + NanosecondsPerSecond) : (seconds, rest);
        writer.WriteExtensionFormatHeader(new ExtensionHeader(TimeType, TimeLength));
        Span<byte> bytes = writer.GetSpan(TimeLength);
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        BinaryPrimitives.WriteInt32BigEndian(bytes[sizeof(long)..], (int)rest);
        writer.Advance(TimeLength);
    }

    private static void Partial(ref MessagePackWriter writer, bool isPartial)
    {
        if (isPartial)
        {
            writer.Write("partial");
            writer.Write(true);
        }
    }

    private static void Value(ref MessagePackWriter writer, DataValue value)
    {
        switch (value.Kind)
        {
            case DataKind.Integer:
                Integer(ref writer, value.AsInteger());
                break;
            case DataKind.Number when double.IsFinite(value.AsDouble()):
                writer.Write(value.AsDouble());
                break;
            case DataKind.Boolean:
                writer.Write(value.AsBoolean());
                break;
            case DataKind.Null or DataKind.Number:
                writer.WriteNil();
                break;
            default:
                writer.Write(value.Kind == DataKind.Text ? value.AsText() : value.ToJson());
                break;
        }
    }

    /// <summary>The shortest signed form: readers of InfluxDB take an unsigned number for another type.</summary>
    private static void Integer(ref MessagePackWriter writer, long value)
    {
        switch (value)
        {
            case >= 0 and <= sbyte.MaxValue or < 0 and >= MessagePackRange.MinFixNegativeInt:
                writer.Write(value);
                break;
            case >= sbyte.MinValue and < 0:
                writer.WriteInt8((sbyte)value);
                break;
            case >= short.MinValue and <= short.MaxValue:
                writer.WriteInt16((short)value);
                break;
            case >= int.MinValue and <= int.MaxValue:
                writer.WriteInt32((int)value);
                break;
            default:
                writer.WriteInt64(value);
                break;
        }
    }
}
