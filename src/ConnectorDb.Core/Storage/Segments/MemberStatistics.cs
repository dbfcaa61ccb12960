using System.Buffers.Binary;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Codecs;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>
/// The members that are numbers, and not NaN, in every object of a segment, with the statistics of each. Empty when the values
/// are not objects of one shape.
/// </summary>
public sealed class MemberStatistics
{
    /// <summary>Members beyond this number have no statistics, so that a row stays small.</summary>
    private const int MaxMembers = 32;

    private const int NumbersOfMember = 3;

    private readonly IReadOnlyDictionary<string, MemberNumbers> _members;

    private MemberStatistics(IReadOnlyDictionary<string, MemberNumbers> members) => _members = members;

    public static MemberStatistics None { get; } = new(new Dictionary<string, MemberNumbers>());

    /// <summary>The statistics before the first datapoint of a sequence: every running sum is 0.</summary>
    public static MemberStatistics Start { get; } = new(new Dictionary<string, MemberNumbers>());

    /// <summary>The statistics of one member; null when there are none.</summary>
    public MemberNumbers? Find(string name) => _members.TryGetValue(name, out MemberNumbers found) ? found : null;

    /// <summary>The running sum of a member; null when it is not known.</summary>
    public double? SumOf(string name) => ReferenceEquals(this, Start) ? 0 : Find(name)?.RunningSum;

    /// <summary>The statistics of these values, which follow others.</summary>
    /// <param name="before">The statistics of the segment before, for the running sums.</param>
    public static MemberStatistics Of(Column values, MemberStatistics before) => values switch
    {
        RecordColumn records => Of(records, before),
        ValueColumn { Values.Span: [{ Kind: DataKind.Object } first, ..] all } => Of(first, all, before),
        _ => None,
    };

    private static MemberStatistics Of(RecordColumn records, MemberStatistics before)
    {
        MemberNumbers?[] numbers = new MemberNumbers?[Math.Min(records.Names.Count, MaxMembers)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Before(records.Names[i], before).With(records.Fields[i]);
        }

        return Of(records.Names, numbers);
    }

    private static MemberStatistics Of(DataValue first, ReadOnlySpan<DataValue> all, MemberStatistics before)
    {
        ReadOnlySpan<KeyValuePair<string, DataValue>> shape = first.AsObject().Members;
        MemberNumbers?[] numbers = new MemberNumbers?[Math.Min(shape.Length, MaxMembers)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Before(shape[i].Key, before);
        }

        foreach (DataValue value in all)
        {
            if (value.Kind != DataKind.Object || !TryAdd(value.AsObject().Members, shape, numbers))
            {
                return None;
            }
        }

        return Of([.. first.AsObject().Select(member => member.Key)], numbers);
    }

    private static MemberStatistics Of(IReadOnlyList<string> names, MemberNumbers?[] numbers)
    {
        Dictionary<string, MemberNumbers> members = new(StringComparer.Ordinal);
        for (int i = 0; i < numbers.Length; i++)
        {
            // A name that occurs twice means its last member; such objects are rare and get no statistics.
            if (numbers[i] is { } known && !members.TryAdd(names[i], Storable(known)))
            {
                return None;
            }
        }

        return members.Count == 0 ? None : new MemberStatistics(members);
    }

    /// <summary>The statistics of a member before its first number.</summary>
    private static MemberNumbers Before(string name, MemberStatistics before) => new(double.PositiveInfinity, double.NegativeInfinity, before.SumOf(name));

    /// <summary>The statistics of the members that both segments have, the other one following this one.</summary>
    public MemberStatistics Then(MemberStatistics next)
        => new(next._members.Where(member => _members.ContainsKey(member.Key))
            .ToDictionary(member => member.Key, member => _members[member.Key].Then(member.Value), StringComparer.Ordinal));

    /// <summary>The same ranges with the running sums of another segment.</summary>
    public MemberStatistics WithSumsOf(MemberStatistics other)
        => new(_members.ToDictionary(member => member.Key, member => member.Value with { RunningSum = other.SumOf(member.Key) }, StringComparer.Ordinal));

    /// <summary>
    /// The running sums without the ranges. A member with a running sum is a number in every object since the start of the sequence.
    /// </summary>
    public MemberStatistics SumsOnly()
        => new(_members.Where(member => member.Value.RunningSum is not null)
            .ToDictionary(member => member.Key, member => new MemberNumbers(double.NaN, double.NaN, member.Value.RunningSum), StringComparer.Ordinal));

    /// <summary>True when all known numbers are the same in the other statistics.</summary>
    public bool IsPartOf(MemberStatistics other) => _members.All(member => other.Find(member.Key) is { } found
        && IsSame(member.Value.Minimum, found.Minimum)
        && IsSame(member.Value.Maximum, found.Maximum)
        && (member.Value.RunningSum is null || member.Value.RunningSum == found.RunningSum));

    private static bool IsSame(double known, double other) => double.IsNaN(known) || known == other;

    /// <summary>The bytes for a row of the store; null when there are no statistics.</summary>
    public byte[]? ToBytes()
    {
        if (_members.Count == 0)
        {
            return null;
        }

        using ByteWriter writer = new();
        writer.Varint((ulong)_members.Count);
        TextBytes.Write(writer, _members.Keys.ToArray());
        foreach ((double minimum, double maximum, double? sum) in _members.Values)
        {
            Span<byte> numbers = writer.GetSpan(NumbersOfMember * sizeof(double));
            BinaryPrimitives.WriteDoubleLittleEndian(numbers, minimum);
            BinaryPrimitives.WriteDoubleLittleEndian(numbers[sizeof(double)..], maximum);
            BinaryPrimitives.WriteDoubleLittleEndian(numbers[(2 * sizeof(double))..], sum ?? double.NaN);
            writer.Advance(NumbersOfMember * sizeof(double));
        }

        return writer.Written.ToArray();
    }

    /// <summary>Reads the bytes of <see cref="ToBytes"/>. Statistics only save work, so unreadable bytes count as none.</summary>
    public static MemberStatistics FromBytes(byte[]? bytes)
    {
        if (bytes is null)
        {
            return None;
        }

        try
        {
            ByteReader reader = new(bytes);
            string[] names = TextBytes.Read(ref reader, reader.Count(MaxMembers));
            Dictionary<string, MemberNumbers> members = new(names.Length, StringComparer.Ordinal);
            foreach (string name in names)
            {
                ReadOnlySpan<byte> numbers = reader.Bytes(NumbersOfMember * sizeof(double));
                double sum = BinaryPrimitives.ReadDoubleLittleEndian(numbers[(2 * sizeof(double))..]);
                members[name] = new(
                    BinaryPrimitives.ReadDoubleLittleEndian(numbers),
                    BinaryPrimitives.ReadDoubleLittleEndian(numbers[sizeof(double)..]),
                    double.IsNaN(sum) ? null : sum);
            }

            return new MemberStatistics(members);
        }
        catch (Exception error) when (error is InvalidDataException or UnknownFormatException)
        {
            return None;
        }
    }

    /// <summary>A running sum that is NaN counts as unknown: its bits are how an unknown one is written.</summary>
    private static MemberNumbers Storable(MemberNumbers numbers)
        => numbers.RunningSum is { } sum && double.IsNaN(sum) ? numbers with { RunningSum = null } : numbers;

    private static bool TryAdd(ReadOnlySpan<KeyValuePair<string, DataValue>> members, ReadOnlySpan<KeyValuePair<string, DataValue>> shape, MemberNumbers?[] numbers)
    {
        if (members.Length != shape.Length)
        {
            return false;
        }

        for (int i = 0; i < members.Length; i++)
        {
            if (members[i].Key != shape[i].Key)
            {
                return false;
            }

            if (i < numbers.Length && numbers[i] is { } known)
            {
                numbers[i] = known.With(members[i].Value);
            }
        }

        return true;
    }
}
