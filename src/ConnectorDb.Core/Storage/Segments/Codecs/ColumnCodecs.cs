using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>All codecs of this assembly, found by reflection.</summary>
internal static class ColumnCodecs
{
    /// <summary>A column of so many bytes is small enough: it is a fraction of its row.</summary>
    private const int SmallSize = 32;

    private static readonly IColumnCodec[] s_all = typeof(IColumnCodec).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IColumnCodec)))
        .Select(type => (IColumnCodec)Activator.CreateInstance(type)!)
        .OrderBy(codec => codec.Rank)
        .ToArray();

    private static readonly Dictionary<string, IColumnCodec> s_byName = s_all.ToDictionary(codec => codec.Name, StringComparer.Ordinal);

    /// <summary>Writes the column with the codec that makes it smallest and returns its name; a single value, or one that is small enough, with the first codec that fits.</summary>
    /// <exception cref="InvalidValueException">No codec can hold the column.</exception>
    public static string Write(ByteWriter writer, Column column)
    {
        // Each codec writes behind the best result so far, and only a smaller result is moved to its position: no second buffer is needed.
        int start = writer.Length;
        string? best = null;
        foreach (IColumnCodec codec in s_all)
        {
            int end = writer.Length;
            int limit = best is null ? int.MaxValue : end - start;
            if (codec.TryWrite(writer, column, limit) && writer.Length - end < limit)
            {
                writer.Move(end, start);
                best = codec.Name;
                if (column.Count == 1 || writer.Length - start <= SmallSize)
                {
                    // Devices often append a few values at a time; trying all codecs would take longer than storing them.
                    break;
                }
            }
            else
            {
                writer.Rewind(end);
            }
        }

        return best ?? throw new InvalidValueException("A value is nested too deeply or too large to be stored. Store its parts separately.", null);
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    /// <exception cref="UnknownFormatException">A newer version wrote the column.</exception>
    public static Column Read(ref ByteReader reader, string name, int count)
    {
        IColumnCodec codec = Find(name);
        reader.Claim(count);
        return codec.Read(ref reader, count);
    }

    /// <summary>The values at these positions, in ascending order, of a column of <paramref name="count"/> values.</summary>
    /// <inheritdoc cref="Read"/>
    public static Column ReadSome(ref ByteReader reader, string name, int count, ReadOnlySpan<int> positions)
    {
        IColumnCodec codec = Find(name);
        reader.Claim(count);
        return codec.ReadSome(ref reader, count, positions);
    }

    /// <summary>Reads the times of a segment. The buffer, as long as the column, receives them unless they are a straight line.</summary>
    /// <inheritdoc cref="Read"/>
    public static SegmentTimes ReadTimes(scoped ref ByteReader reader, string name, Span<double> room)
    {
        NumberCodec codec = Find(name) as NumberCodec ?? throw ByteReader.Damaged("its times are no numbers");
        ByteReader start = reader;
        if (codec.TryReadLine(ref reader, out LinearSequence line, out double power) && line.Step > 0)
        {
            return new SegmentTimes(line, power, room.Length);
        }

        reader = start;
        codec.ReadInto(ref reader, SelectionVector.All(room.Length), room);
        return new SegmentTimes(room);
    }

    /// <summary>Writes a column inside of another one, with the name of its codec before it.</summary>
    public static void WriteNested(ByteWriter writer, Column column)
    {
        using ByteWriter inner = new(writer.Depth + 1);
        writer.Name(Write(inner, column));
        writer.Bytes(inner.Written);
    }

    public static Column ReadNested(ref ByteReader reader, int count)
    {
        reader.Descend();
        Column column = Read(ref reader, reader.Name(), count);
        reader.Ascend();
        return column;
    }

    /// <summary>The codec can decode single members of objects.</summary>
    /// <inheritdoc cref="Read"/>
    public static bool HasMembers(string name) => Find(name).HasMembers;

    /// <summary>One member of the selected objects of a column; null when it cannot be decoded alone.</summary>
    /// <inheritdoc cref="Read"/>
    public static Column? ReadMember(ref ByteReader reader, string name, SelectionVector selection, string member)
        => Find(name).ReadMember(ref reader, selection, member);

    /// <summary>Reads the nested column with this name; null when there is none, or more than one.</summary>
    public static Column? ReadNestedMember(ref ByteReader reader, string[] names, string name, SelectionVector selection)
    {
        int member = Array.IndexOf(names, name);
        if (member < 0 || Array.LastIndexOf(names, name) != member)
        {
            return null;
        }

        for (int i = 0; i < member; i++)
        {
            SkipNested(ref reader, selection.RowCount);
        }

        reader.Descend();
        Column column = selection.AreAll
            ? Read(ref reader, reader.Name(), selection.RowCount)
            : ReadSome(ref reader, reader.Name(), selection.RowCount, selection.Positions);
        reader.Ascend();
        return column;
    }

    private static void SkipNested(ref ByteReader reader, int count)
    {
        reader.Descend();
        Find(reader.Name()).Skip(ref reader, count);
        reader.Ascend();
    }

    private static IColumnCodec Find(string name) => s_byName.GetValueOrDefault(name) ?? throw ByteReader.Unknown($"the codec '{name}'");
}
