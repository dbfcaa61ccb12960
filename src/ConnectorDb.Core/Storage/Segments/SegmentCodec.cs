using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Codecs;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>Turns blocks into segments, and segments back into the same blocks, bit for bit.</summary>
public static class SegmentCodec
{
    /// <summary>The most datapoints a segment may hold.</summary>
    public const int MaxCount = 65_536;

    /// <exception cref="ArgumentException">The block is empty or too long.</exception>
    /// <exception cref="InvalidValueException">A value cannot be stored.</exception>
    public static EncodedSegment Encode(Block block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Count is 0 or > MaxCount)
        {
            throw new ArgumentException($"A segment holds 1 to {MaxCount} datapoints, not {block.Count}.", nameof(block));
        }

        using ByteWriter writer = new();
        (string timeCodec, byte[] times) = Write(writer, new NumberColumn(block.Times));
        (string valueCodec, byte[] values) = Write(writer, block.Values);
        EncodedSegment segment = new(
            block.Count,
            block.Times.Span[0],
            block.Times.Span[^1],
            timeCodec,
            times,
            valueCodec,
            values,
            OriginsCodec.Write(block.Origins),
            NumberSummary.Of(block.Values),
            0);

        return segment with { Checksum = SegmentChecksum.Of(segment) };
    }

    /// <exception cref="StoreException">The segment is damaged, or a newer version wrote it.</exception>
    public static Block Decode(EncodedSegment segment) => Checked(segment, DecodeUnchecked);

    /// <summary>
    /// The datapoints of a part of the segment that are selected by their times, without origins. Other values are not decoded
    /// where the codec allows it.
    /// </summary>
    /// <param name="member">The member of the objects that is read; null for whole values. The objects may then have no other members.</param>
    /// <exception cref="StoreException">The segment is damaged, or a newer version wrote it.</exception>
    public static Block DecodeSome(EncodedSegment segment, int start, int count, RowSelector choose, string? member = null)
        => Checked(segment, checkedSegment => DecodeSomeUnchecked(checkedSegment, start, count, choose, member));

    /// <summary>The position of the first datapoint later than <paramref name="time"/>; the count when there is none.</summary>
    /// <exception cref="StoreException">The segment is damaged, or a newer version wrote it.</exception>
    public static int FirstLater(EncodedSegment segment, double time)
        => Checked(segment, checkedSegment =>
        {
            CheckCount(checkedSegment);
            using RentedArray<double> room = new(checkedSegment.Count);
            return ReadTimes(checkedSegment, room.Span).FirstLater(0, time);
        });

    /// <summary>Decodes the times, and of objects only the members that are read or projected.</summary>
    /// <exception cref="StoreException">The segment is damaged; also when a value is read later.</exception>
    internal static Block DecodeLazily(EncodedSegment segment, MemberProjection projection)
        => Checked(segment, checkedSegment =>
        {
            if (projection.UsesObjects || !ColumnCodecs.HasMembers(checkedSegment.ValueCodec))
            {
                return DecodeUnchecked(checkedSegment);
            }

            CheckCount(checkedSegment);
            return Decode(checkedSegment, new LazyObjectColumn(new SegmentObjects(checkedSegment), projection));
        });

    /// <summary>Decodes without checking the checksum.</summary>
    /// <exception cref="InvalidDataException">No encoder can have written the bytes.</exception>
    internal static Block DecodeUnchecked(EncodedSegment segment)
    {
        CheckCount(segment);
        return Decode(segment, Read(segment.ValueCodec, segment.Values, segment.Count));
    }

    private static Block Decode(EncodedSegment segment, Column values)
    {
        Column times = Read(segment.TimeCodec, segment.Times, segment.Count);
        return new Block(
            times is NumberColumn numbers ? numbers.Values : throw ByteReader.Damaged("its times are not numbers"),
            values,
            OriginsCodec.Read(segment.Origins, segment.Count));
    }

    private static Block DecodeSomeUnchecked(EncodedSegment segment, int start, int count, RowSelector choose, string? member)
    {
        CheckCount(segment);
        using RentedArray<double> roomForTimes = new(segment.Count);
        using RentedArray<int> roomForPositions = new(count);
        SegmentTimes times = ReadTimes(segment, roomForTimes.Span);
        Span<int> positions = roomForPositions.Span[..choose(times.Slice(start, count), roomForPositions.Span)];
        double[] chosen = new double[positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] += start;
            chosen[i] = times[positions[i]];
        }

        return new Block(chosen, (member is null ? null : ReadSomeMembers(segment, positions, member)) ?? ReadSome(segment, positions));
    }

    private static void CheckCount(EncodedSegment segment)
    {
        if (segment.Count is <= 0 or > MaxCount)
        {
            throw ByteReader.Damaged($"it cannot hold {CountText.Of(segment.Count, "datapoint")}");
        }
    }

    private static (string Codec, byte[] Bytes) Write(ByteWriter writer, Column column)
    {
        writer.Rewind(0);
        string codec = ColumnCodecs.Write(writer, column);
        return (codec, writer.Written.ToArray());
    }

    private static Column Read(string codec, byte[] bytes, int count)
    {
        ByteReader reader = new(bytes);
        Column column = ColumnCodecs.Read(ref reader, codec, count);
        CheckEnd(reader);
        return column;
    }

    private static SegmentTimes ReadTimes(EncodedSegment segment, Span<double> room)
    {
        ByteReader reader = new(segment.Times);
        SegmentTimes times = ColumnCodecs.ReadTimes(ref reader, segment.TimeCodec, room);
        CheckEnd(reader);
        return times;
    }

    private static Column ReadSome(EncodedSegment segment, ReadOnlySpan<int> positions)
    {
        ByteReader reader = new(segment.Values);
        Column column = ColumnCodecs.ReadSome(ref reader, segment.ValueCodec, segment.Count, positions);
        CheckEnd(reader);
        return column;
    }

    /// <summary>Objects of only this member; null when it cannot be decoded alone.</summary>
    private static RecordColumn? ReadSomeMembers(EncodedSegment segment, ReadOnlySpan<int> positions, string member)
    {
        ByteReader reader = new(segment.Values);
        return ColumnCodecs.ReadMember(ref reader, segment.ValueCodec, SelectionVector.Among(segment.Count, positions), member) is { } column
            ? new RecordColumn([member], [column], positions.Length)
            : null;
    }

    private static void CheckEnd(ByteReader reader)
    {
        if (reader.Left > 0)
        {
            throw ByteReader.Damaged($"{CountText.Of(reader.Left, "byte is", "bytes are")} left over");
        }
    }

    private static T Checked<T>(EncodedSegment segment, Func<EncodedSegment, T> decode)
    {
        ArgumentNullException.ThrowIfNull(segment);
        if (SegmentChecksum.Of(segment) != segment.Checksum)
        {
            throw Damaged(segment, "its checksum is wrong", null);
        }

        return Guarded(segment, decode);
    }

    private static T Guarded<T>(EncodedSegment segment, Func<EncodedSegment, T> decode)
    {
        try
        {
            return decode(segment);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(segment, error.Message, error);
        }
        catch (UnknownFormatException error)
        {
            throw new StoreException(
                StoreFault.NewerVersion,
                $"{Describe(segment)} was written by a newer version of ConnectorDb: it uses {error.Message}. Update the module: Update-PSResource ConnectorDb.",
                segment,
                error);
        }
    }

    private static StoreException Damaged(EncodedSegment segment, string why, Exception? cause) => new(
        StoreFault.Damaged,
        $"{Describe(segment)} is damaged: {why}. Restore it from a backup; all other segments can still be read.",
        segment,
        cause);

    private static string Describe(EncodedSegment segment) => string.Create(
        CultureInfo.InvariantCulture,
        $"A segment of {CountText.Of(segment.Count, "datapoint")}, from {segment.FirstT:R} to {segment.LastT:R} (unix seconds),");

    /// <summary>The objects of a segment, of which the checksum and the count are right.</summary>
    private sealed class SegmentObjects(EncodedSegment segment) : IObjectDecoder
    {
        public int Count => segment.Count;

        public Column? DecodeMember(string name) => Guarded(segment, checkedSegment =>
        {
            ByteReader reader = new(checkedSegment.Values);
            return ColumnCodecs.ReadMember(ref reader, checkedSegment.ValueCodec, SelectionVector.All(checkedSegment.Count), name);
        });

        public Column DecodeAll() => Guarded(segment, checkedSegment => Read(checkedSegment.ValueCodec, checkedSegment.Values, checkedSegment.Count));
    }
}
